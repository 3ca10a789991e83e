"""The words on the first sheet of the workbook."""

READ_ME: tuple[tuple[str, str], ...] = (
    ("title", "Data om fremskudt sagsbehandling: {name}"),
    (
        "text",
        "Arbejdsbogen har et ark for hver tabel. Udfyld dem, gem filen som data.xlsx, og kør "
        "«fremskudt check». Så får du alle fejl på én gang med ark og celle.",
    ),
    ("section", "Sådan udfylder du"),
    (
        "text",
        "1. Skriv en række for hver sag, registrering, rolle osv. Overskrifterne i række 1 skal "
        "blive stående. En stjerne (*) betyder, at kolonnen skal udfyldes.",
    ),
    (
        "text",
        "2. Vælg svarene på listerne: Stil dig i en celle, og tryk på pilen (eller Alt + pil ned). "
        "En forklaring til kolonnen kommer frem, når du står i cellen.",
    ),
    (
        "text",
        "3. Lad en celle være tom, hvis svaret mangler. «Ved ikke» og «Uoplyst» er svar. Skriv "
        "ikke 0, streg eller x.",
    ),
    (
        "text",
        "4. Skriv datoer som 31-05-2026 og tal uden tusindtalspunktum. Andele skrives som 0,05 "
        "for 5 %.",
    ),
    (
        "text",
        "5. Kan en celle have flere svar, så skriv dem med semikolon imellem, fx "
        "«Bostøtte; Anden kontakt til psykiatrien». Det gælder kun kolonnen Tidligere kontakt "
        "til psykiatrien.",
    ),
    (
        "text",
        "6. De grå rækker er eksempler. Deres sag begynder med EKSEMPEL, og de bliver sprunget "
        "over. Slet dem, når du ikke bruger dem mere.",
    ),
    ("section", "Pas på borgerne"),
    (
        "text",
        "Giv hver sag et pseudonym, fx A-001, som kun kommunen kan føre tilbage. Skriv aldrig "
        "cpr-numre, navne, adresser, telefonnumre eller mailadresser, heller ikke i en "
        "beskrivelse. Gem filen et sted, hvor kun de rette kan åbne den, og ikke i håndbogens "
        "egen mappe.",
    ),
    ("section", "Arkene"),
    (
        "text",
        "Sager, Registreringer, Roller og Redskaber handler om borgerne og indsatsen. "
        "Tidsforbrug, Udvalgte borgere og Forløb bruges til økonomien. Sager, Registreringer og "
        "Tidsforbrug skal have rækker; de andre ark må være tomme, hvis I ikke har tallene endnu.",
    ),
    (
        "text",
        "Ydelser, Regler og Svar er opslag: de ydelser og refusionsregler, som arket Forløb kan "
        "bruge, og alle svar på listerne. Ret ikke i dem.",
    ),
    (
        "text",
        "Flet ikke celler, og omdøb ikke arkene. Du må gerne lave egne ark; de bliver ikke "
        "læst. Resten om kommunen står i filen municipality.yml ved siden af.",
    ),
)
