"""Words that tell whether a word beside them is a person's name."""

# Who is spoken of by these is a person, and so is the name that follows: "my sister Anna".
KIN = frozenset(
    """aunt auntie babies baby born boss boy boyfriend brother brother-in-law child coach colleague cousin dad daughter
    doctor ex father father-in-law fiancé fiancée friend friends girl girlfriend godfather godmother granddaughter
    grandfather grandma grandmother grandpa grandson husband kid lad man midwife mom mother mother-in-law mum
    neighbor neighbour nephew newborn niece nurse one partner pastor sister sister-in-law son stepdaughter
    stepfather stepmother stepson surgeon teacher teenager toddler twin twins uncle wife woman
    """.split()  # noqa: SIM905  words in a row are easier to read
)
CHILDREN = frozenset(
    """babies baby baby's baby’s boy boys child children daughter daughters girl girls goddaughter godson granddaughter
    grandson infant kid kids little nephew newborn niece preschooler son sons stepdaughter stepson toddler triplets
    twin twins
    """.split()  # noqa: SIM905  words in a row are easier to read
)
# Beside one of these it is no child's name: "my son’s teacher, Anna", "my baby sister Ruth".
GROWN = frozenset(
    """adult aunt boss boyfriend brother coach cousin dad daughter-in-law doctor father friend girlfriend grandfather
    grandma grandmother grown husband midwife mom mother mum neighbor neighbour nurse partner sister son-in-law
    surgeon teacher uncle wife
    """.split()  # noqa: SIM905  words in a row are easier to read
)
# Before a name, and no part of it.
TITLES = frozenset(
    """abuela abuelo aunt auntie baby brother captain coach cousin dad dear doctor don doña dr father frau grandma
    grandpa granny herr judge lady lord madam madame mama miss mister monsieur mr mrs ms nana nanny nurse officer
    oma opa papa papá pastor pop president professor rabbi rev reverend señor señora sir sister tante tía tío uncle
    """.split()  # noqa: SIM905  words in a row are easier to read
)
# What persons do, right after their names.
PERSONS_DO = frozenset(
    """agreed announced answered arrived asked baked believed blinked breathed brought called came carried cried danced
    dances died dreamed drove explained fell felt forgot gave giggled goes got grew grinned handed hated held hugged
    hummed insisted kept kissed knew knows laughed laughs leaned left liked likes lived lives looked looks loved
    loves made married mentioned moved must needed nodded picked played plays pointed prayed promised ran rang read
    remembered remembers replied rolled runs said sang sat saw says screamed sent shook shouted shrugged sighed
    sings sits slept smiled sobbed sounded spoke stayed stood stopped talked texted thinks thought told took tried
    turned waited walked wanted wants waved weighed went wept whispered woke wondered won’t wore worked wrote yelled
    """.split()  # noqa: SIM905  words in a row are easier to read
)
# What persons and things do.
ALL_DO = frozenset("is was had has would could can will did didn’t didn't doesn’t doesn't never".split())  # noqa: SIM905  words in a row are easier to read
# Prepositions that rather lead to a person.
TOWARDS = frozenset("with told asked to for from and like about than beside calls called tell ask thank".split())  # noqa: SIM905  words in a row are easier to read

# After a name, or as its last word, these tell of a place or a thing.
PLACE_NOUNS = frozenset(
    """academy airport apartments avenue award bank bar bay beach boulevard bridge building cafe café canal castle
    cemetery center centre chapel church city clinic club college corp county court creek day days depot drive falls
    festival field fields floor forest foundation garden gardens hall harbor harbour heights high highway hill hills
    hospice hospital hotel house inc infirmary institute island islands lake lane library light london magazine mall
    market memorial mill mountain mountains museum news ocean office paper parish park pass place plaza point press
    prize rapids restaurant ridge river road room saloon santa school sea section show square station store street
    studio support theater theatre times tower town trail university valley village war ward week woods year zoo
    """.split()  # noqa: SIM905  words in a row are easier to read
)

# The first word of a place.
PLACE_FIRST = frozenset(
    """big costa east el fort great isla lake las los mount mt new north port puerto rio saint san santa santo saudi
    south sri st the trader west
    """.split()  # noqa: SIM905  words in a row are easier to read
)

# Written with a capital letter, and nobody: days, peoples, languages, places, makes, what people call their own kin.
NO_PERSON = frozenset(
    """aa abba abuela abuelo act adhd advent advil africa african allah am amazon amen america american americans ams
    and android anglican anyone apple arab are argentine asia asian atlanta auntie australia australian austria
    austrian autumn baba baby baltimore bangalore baptist barbie barcelona beijing being belgium benadryl bengali
    berlin bible black body boston brazil brazilian brisbane bristol britain british bronx brooklyn buddhist bundt
    but bye cadillac california can canada canadian carolina catholic chance chapter chevrolet chevy chicago china
    chinese christ christian christians christmases cincinnati cleveland clorox coke colombia colombian colorado
    connecticut copenhagen corolla costco covid cuban cycle dad daddy dakota dallas damn danish day delaware delhi
    denmark denver detroit did disney dna do doctor does done don’t dublin dutch earth easters ebay edinburgh egypt
    egyptian eight eighteen eighth eleven england english episcopal er etsy europe european eve even everything fall
    fifteen fifth fifty filipino find finland finnish first five florida ford forty four fourteen fourth france
    french fridays full genesis german germans germany glasgow gmail google gran granddad grandma grandpa granny
    greece greek guatemala had haiti haitian halloween hanukkah has have having hawaii heaven hebrew hello help
    helped here’s hey he’d he’ll hi hindi hindu hispanic hogwarts hollywood holy home hon honda honey houston how’s
    hulu hungarian icu idaho ikea illinois india indian indiana indonesia indonesian iowa ipad iphone iran iranian
    iraq iraqi ireland irish is islam islamic isn’t israel israeli istanbul italian italy it’d it’ll jamaica
    jamaican japan japanese jeep jeez jello jersey jerusalem jesus jew jewish jews kansas karachi kentucky kenya
    kenyan kleenex korea korean lagos latin latina latino leeds lego legos lent let lights lisbon liverpool london
    lord louisiana lutheran lysol ma maam madam madrid maine mama mami mamma mammy mamá manchester mandarin
    manhattan maryland massachusetts ma’am mcdonalds mcdonald’s medicaid medicare melbourne memphis mercedes
    methodist mexican mexico miami michigan microsoft milwaukee mine minneapolis minnesota minor minuet mississippi
    missouri mom momma mommy mondays montana montreal mormon moscow mum mumbai mummy munich muslim muslims nairobi
    nana nasa nashville native nebraska netflix netherlands nevada new nicu nigeria nigerian nike nine nineteen
    nintendo ninth nope nor norway norwegian nothing nutella ob oh ohio ok okay oklahoma oma ontario opa oregon oreo
    orleans ottawa ours pa pakistan pakistani papa papi papá paris part paypal pennsylvania pepsi persian perth peru
    peruvian philadelphia phoenix pittsburgh playstation please poland polish pop pops portland portugal portuguese
    prague presbyterian prius protestant psalm psalms puerto punjabi pyrex quaker quebec queens quincy quran ramadan
    really related rome russia russian sabbath sacramento same samsung santa satan saturdays scotland scottish
    scripture seattle second seoul seven seventeen seventh shanghai she’d she’ll she’s singapore sir sister six
    sixteen sixth sixty skype so somali something spain spanish spotify spring starbucks stockholm stop strangers
    subaru summer sunday sundays surface sweden swedish sweetheart swiss switzerland sydney syria syrian taiwan
    target team ten tennessee tenth tesla texas thai thailand thank thanks that’s there’d there’s they’d they’ll
    they’re they’ve third thirteen thirty three thursdays tokyo too took torah toronto toyota trinidadian tuesdays
    tupperware turkey turkish tv twelve twenty two tylenol u.k u.s uber uganda uk ukraine ukrainian un urdu us usa
    utah valentine valentine’s vancouver velcro venezuela vermont vienna vietnam vietnamese volvo wales walmart ward
    warsaw was washington wasn’t wednesdays well welsh went were we’d we’ll we’re we’ve whatsapp what’s where’s
    who’d who’s wifi wikipedia will winter wisconsin would wow wyoming xanax xbox yeah year yelp york yours you’d
    you’ll you’re you’ve zealand zoloft zoom zulu zurich
    """.split()  # noqa: SIM905  words in a row are easier to read
)
