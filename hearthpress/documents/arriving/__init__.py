"""What writers send in other shapes: files of word processors, Markdown, rich text that was pasted.

Nothing here opens a file or an address: what comes is bytes, and what goes is a manuscript's source.
"""
