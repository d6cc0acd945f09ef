"""Given names that are common somewhere: a word of this list is taken for somebody's name more readily."""

GIVEN_NAMES = frozenset(
    """aaliyah aaron abby abdul abdullah abel abigail abraham ada adaeze adam addison adela adele adeline adil aditi
    adrian adriana adrienne agata agatha agnes agnieszka ahmad ahmed aida aidan aileen aimee aisha ajay akiko akira
    alan alana alastair albert alberto alec alejandra alejandro aleksandra alessandra alessandro alex alexa
    alexander alexandra alexis alfie alfred ali alice alicia alina alisha alison aliyah allan allen allison alma
    alonso alvaro alvin alyssa amal amalia amanda amara amaya amber amelia amina amir amira amit amy ana anabel
    anastasia anders andre andrea andreas andrei andrew andy angel angela angelica angelina angelo angie angus anika
    anil anita anja anjali ann anna annabel annabelle anne annette annie annika ansel anthony antoine anton antonia
    antonio anya apollo arabella archie ariana ariel arjun arlo armando arnold aroha arthur arturo asa asha asher
    ashley ashton astrid athena aubrey audrey augusta augustus aurora austin ava avery avi ayesha azra bailey
    barbara barnaby barney barry bart beatrice beatriz beau becca becky belinda bella ben benedict benjamin bennett
    benny bernadette bernard bernice bernie bert bertha beryl bess bessie beth bethany betsy betty beverley beverly
    bianca bilal bjorn blaise blake blanca blanche bob bobby bonnie boris brad bradley brady brandon brenda brendan
    brent bret brett brian briana brianna bridget brigid britney brittany brody bronte brooke bruce bruno bryan
    bryce bryony caden cadence caitlin caleb callum calvin cameron camila camilla camille candace candice cara carl
    carla carlo carlos carly carmel carmela carmen carol carole carolina caroline carolyn carrie carson carter casey
    cassandra cassidy cassie catalina caterina catherine cathleen cathy cecil cecilia cecily cedric celeste celia
    celine cesar chad chandra chantal charlene charles charlie charlotte chelsea chen cheryl chiara chidi chinedu
    chioma chloe chris chrissy christa christian christina christine christopher chuck ciara cindy claire clara
    clare clarence clarissa clark claude claudia claudio clementine cliff clifford clint clive cody colette colin
    colleen connie connor conor constance consuelo cora coral coralie cordelia corey corinna corinne cornelia
    cornelius cory courtney craig cristina crystal curtis cynthia cyril dahlia dale damian damien damon dana dani
    daniel daniela daniele danielle danny daphne daria dario darius darlene darrell darren daryl dave david dean
    deanna deb debbie deborah debra declan deepa deepak deirdre delia delilah della delores delphine denise dennis
    derek derrick desmond destiny devi devin devon dexter diana diane diego dieter dina dinah dirk dmitri dolores
    dominic dominique don donald donna donovan dora doreen dorian doris dorothea dorothy dot doug dougie douglas
    drew duane dudley duncan dustin dwayne dwight dylan eamon earl ebony ed eddie edgar edith edmund edna eduardo
    edward edwin effie eileen elaine eleanor eleanora elena eli elias elijah elinor elisa elisabeth elise elisha
    eliza elizabeth ella elle ellen ellie elliot elliott ellis elmer elodie eloise elsa elsie elspeth elton elvira
    elyse emanuel emeka emerson emil emilia emiliano emilio emily emma emmanuel emmett enid enrico enrique enzo eric
    erica erik erika erin ernest ernesto ernie esme esperanza esteban estelle esther ethan ethel etta eugene eugenia
    eunice eva evan evangeline evelyn ewan ezekiel ezra fabian fabio farah farid fatima fay faye federico felicia
    felicity felipe felix fergus fernanda fernando fiona fletcher fleur flo flora florence florian floyd fran
    frances francesca francesco francine francis francisco franco francois frank frankie franklin franz fred freda
    freddie freddy frederick freya frida frieda fritz gabriel gabriela gabriella gabrielle gail gareth garrett gary
    gavin gemma gene genevieve geoff geoffrey george georgia georgie georgina gerald geraldine gerard gerda german
    gerry gertrude gianni gideon gilbert giles gillian gina ginger ginny gino giorgio giovanna giovanni gisela
    giulia gladys glen glenda glenn gloria gordon gordy graham grant greg gregor gregory greta gretchen griffin
    guadalupe guido guillermo gunther gus gustavo gwen gwendolyn hailey hal hamish hamza hana hank hanna hannah
    hannes hans harlan harley harold haroon harper harriet harris harrison harry harvey hasan hassan hattie hayden
    hayley hector heidi helen helena helene helga henri henrietta henrik henry herbert herman hernan hilary hilda
    hiroshi holden hollis homer howard hubert hugh hugo humphrey hussein ian ibrahim ida idris ifeoma ignacio igor
    ike ilana ilse imani imogen imran ina indira ines inez inga ingrid ione ira irene irfan irina irma irving isaac
    isabel isabella isabelle isaiah isha isidore isla ismael ismail isobel israel ivan ivana ivy jace jack jackie
    jackson jacob jacqueline jacques jada jade jaden jai jaime jake jamal james jamie jamila jan jana jane janelle
    janet janette janice janine jared jasmin jasmine jason jasper javier jay jayden jaylen jayne jean jeanette
    jeanne jeannie jeff jefferson jeffrey jemima jen jenna jennie jennifer jenny jens jeremiah jeremy jerome jerry
    jess jesse jessica jessie jill jillian jim jimmy jin jo joan joana joanna joanne joaquin jocelyn jodie jody joe
    joel joey johan johann johanna john johnnie johnny jon jonah jonas jonathan jonny jordan jorge jose josef joseph
    josephine josh joshua josiah josie joyce juan juana juanita jude judith judy jules julia julian juliana julie
    juliet juliette julio julius jun june juniper justin justine kai kaitlyn kamal kara karen karim karin karina
    karl karla katarina kate katelyn katerina katharine katherine kathleen kathryn kathy katie katja katrina katy
    kay kayla kayleigh keira keisha keith kelly kelsey kelvin ken kendra kenji kenneth kenny kent kenya kerry kevin
    kezia khadija khalid kiera kieran kim kimberley kimberly kira kirk kirsten kirsty klaus kofi kourtney kris
    krishna kristen kristin kristina kurt kwame kyle kylie kyra lacey laila lakshmi lamar lana lance lara larissa
    larry lars latoya laura laurel lauren laurence laurie lauryn lawrence layla lea leah leanne leela leena leila
    lena lenny leo leon leona leonard leonardo leonora leopold leroy les lesley leslie lester leticia levi lewis
    lexi liam libby lidia lila lilah lilian liliana lilith lillian lillie lily lina linda lindsay lindsey ling linus
    lionel lisa lise lissa liv livia liz liza lizzie lloyd logan lois lola lora loraine lorelei lorena lorenzo
    loretta lori lorna lorraine lou louie louis louisa louise luana luc luca lucas lucia luciana lucien lucille
    lucinda lucy ludwig luigi luis luisa lukas luke lulu luna lupe luther lydia lyle lynn lynne mabel mac mackenzie
    maddie maddy madeleine madeline madison mae maeve magda magdalena maggie magnus mahmoud maia maisie malachi
    malcolm malik malika mamie mandy manny manuel manuela mara marc marcel marcela marcella marcia marco marcos
    marcus margaret margarita marge margery margie margo margot marguerite maria mariah mariam marian mariana
    marianne maribel marie mariela marilyn marina mario marion marisa marisol marissa marjorie marlene marley marlon
    marsha marshall marta martha martin martina marty marvin mary maryam mason mateo mathilda matilda matt matteo
    matthew matthias maud maude maura maureen maurice mauricio mavis maxine maxwell maya mckenna meera meg megan
    mehmet mei melanie melinda melissa melody melvin mercedes meredith mervyn mia micah michael michaela michel
    michele michelle mick mickey miguel mikael mike mikhail mila milan mildred miles millie milo milton mimi mina
    mindy minnie mira miranda miriam mischa misha missy mitch mitchell mo moana mohamed mohammad mohammed moira
    mollie molly mona monica monika monique mordecai morgan morris moses mozelle muhammad murray mustafa myra myriam
    myrtle nabil nadia nadine nadja nancy naomi narges nasir nasser nat natalia natalie natasha nate nathalie nathan
    nathaniel neal ned neha neil nell nellie nelson nessa nettie neville ngozi nia niall nicholas nick nicki nicky
    nico nicola nicolas nicole nigel nikki niko nikolai nils nina nisha noah noel noelle noemi nolan noor nora norah
    norbert noreen norma norman octavia odette odile oksana olaf ole oleg olga olive oliver olivia omar ophelia
    oprah orla orlando oscar oskar osman oswald otis otto owen pablo paige paloma pam pamela paola paolo parker
    pascal pat patience patrice patricia patrick patsy patti patty paul paula paulette paulina pauline pavel pearl
    pedro peg peggy penelope pepe percy perry pete peter petra petronella phil philip philippa phillip phoebe
    phoenix phyllis pia pierre piers pilar piotr pippa polly portia prakash preston priscilla priya quentin quincy
    quinn rachael rachel rafael rafe raj raja rajesh ralph ramon ramona randall randy raoul raphael raquel rashid
    raul ravi ray raymond rebecca reggie regina reginald reid reina remi rena renata rene renee reuben rex rhett
    rhiannon rhoda rhonda rhys ricardo richard richie rick rickie ricky rita robbie robert roberta roberto robyn
    rocco rochelle rocio roddy roderick rodney rodrigo roger rohan roland rolf roman romeo romy ron ronald ronan
    ronnie rory rosa rosalia rosalie rosalind rosamund rosanna rosario rosemary rosie roslyn ross rowan rowena
    roxanne roy ruben rudi rudolf rudy rufus rupert russell rusty ruth ryan sabina sabine sabrina sadie sahar sal
    sally salma salman salvador salvatore sam samantha samir samira sammy samson samuel sana sandeep sandra sandro
    sandy sanjay santiago saoirse sara sarah sasha saskia saul savannah scarlett scott sean sebastian selena selina
    selma serena sergei sergio seth shane shanice shannon sharon shaun shauna shawn sheila shelby sheldon shelley
    sherry shira shirley shreya shu sian sibyl sid sidney siena sienna sigrid silas silvia simon simona simone
    sinead siobhan skye sofia sofie sol soledad solomon sonia sonja sonya sophia sophie soren spencer stacey stacy
    stan stanley stefan stefanie stella stephanie stephen steve steven stewart stuart sue suki sumaya sunil sunita
    susan susana susanna susannah susanne susie suzanne suzie sven svetlana sybil sylvia sylvie tabitha taj takeshi
    talia tamara tamika tammy tamsin tania tanisha tanya tara tariq tasha tatiana taylor ted teddy terence teresa
    teri terrence terri tess tessa thaddeus thalia thatcher thea thelma theo theodora theodore theresa therese
    thomas tia tiana tiffany tilda tilly tim timothy tina tobias toby tom tomas tomasz tommy toni tracey traci tracy
    travis trent trevor tricia trina trish trisha trudy tucker tunde tyler tyrone ulrich ulrike uma una ursula
    valentina valentine valeria valerie vanessa vera verity vernon veronica vic vicki vicky victoria vijay vikram
    vince vincent vinnie viola violeta virgil virginia vivian vivien vivienne vladimir waleed wallace wally walter
    wanda warren wayne wendell wendy werner wes wesley whitney wilbur wilfred wilhelm willa willem william willie
    wilma wilson winifred winnie winona winston wojciech wolfgang wren wyatt xander xavier xiomara yael yan yara
    yasmin yasmine yolanda yosef yuki yuri yusuf yvette yvonne zac zach zachary zadie zainab zara zeke zelda zena
    zoe zofia zora zuri
    """.split()  # noqa: SIM905  names in a row are easier to read
)
# Given names that are words of every day too: they say nothing where a capital letter would stand anyway.
WORDS_TOO = frozenset(
    """amber angel april art august aurora austin bill blanche brook buck carol chance chase christian coral crystal
    daisy dale dawn dean destiny dolores don dot drew earl ebony ed faith fern flora frank gene georgia german
    ginger glen grace grant griffin guy hazel heather holly homer hope hunter iris israel ivy jade jasmine jay jean
    joy june kay kenya lance laurel les lily marina mark mason max may melody mercedes mercy mike miles mina mission
    monica nat ned nick noel olive orlando pat patience pearl peg penny pepper phil phoenix piers poppy ray rich rob
    robin rocky roman rose ross rowan ruby rusty sage sal sandy savannah sid sidney sierra skye sol sue summer ted
    tom trent tucker victor victoria viola violet virginia wade warren wayne will winston
    """.split()  # noqa: SIM905  names in a row are easier to read
)
