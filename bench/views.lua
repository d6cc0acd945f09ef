-- For wrk: POST /v as our script sends it, each from another address. Arguments: the story's key, and a seed.
local number = 0

function init(arguments)
  math.randomseed(tonumber(arguments[2]))
  net = math.random(1, 223) .. "." .. math.random(0, 255)
  headers = {
    ["Content-Type"] = "text/plain;charset=UTF-8",
    ["Sec-Fetch-Site"] = "same-origin",
    ["User-Agent"] = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) " ..
      "Chrome/141.0.0.0 Mobile Safari/537.36",
    ["Accept"] = "*/*",
    ["Accept-Encoding"] = "gzip, deflate, br, zstd",
    ["Accept-Language"] = "en-US,en;q=0.9",
  }
  body = '{"s":"' .. arguments[1] .. '","t":10.0023,"w":false}'
end

function request()
  number = number + 1
  headers["X-Forwarded-For"] = net .. "." .. math.floor(number / 256) % 256 .. "." .. number % 256
  return wrk.format("POST", nil, headers, body)
end
