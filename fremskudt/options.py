"""The arguments and options of the commands, each with its Danish help."""

from typing import Annotated

from cyclopts import Parameter

Data = Annotated[
    str, Parameter("--data", help="Datamappe uden for håndbogen; ellers FREMSKUDT_DATA.")
]
Output = Annotated[str, Parameter("--output", help="Mappe til det, der bygges; ellers _build.")]
Slug = Annotated[
    str, Parameter(help="Kommunens navn i adresser: a-z, tal og bindestreg, fx odense.")
]
Name = Annotated[str, Parameter("--name", help='Kommunens navn, fx "Odense Kommune".')]
MunicipalityCode = Annotated[
    str, Parameter("--code", help="Kommunens nummer på tre cifre, fx 461.")
]
Report = Annotated[
    str, Parameter("--report", help="Mappe til en rapport om fejlene: en side og regneark.")
]
Release = Annotated[bool, Parameter("--release", help="Angrib den byggede side: kan den udgives?")]
Previous = Annotated[
    str, Parameter("--previous", help="Den forrige udgivelse: en mappe eller en zip-fil.")
]
Target = Annotated[str, Parameter(help="Mappe til udgivelsen; rummer den en, sammenlignes der.")]
Slugs = Annotated[str, Parameter(help="Kommuner; ingen nævnt er alle.")]
Wanted = Annotated[
    list[str] | None, Parameter("--chapter", help="Kun dette kapitel; kan gentages.")
]
Force = Annotated[bool, Parameter("--force", help="Kør også kapitler, der ikke er ændret.")]
Watch = Annotated[
    bool, Parameter("--watch", help="Bliv ved: Byg igen, hver gang data eller tekster ændres.")
]
Pdf = Annotated[
    bool, Parameter("--pdf", help="Lav også en PDF af hver kommunes kapitler (med en browser).")
]
Explain = Annotated[bool, Parameter("--explain", help="Sig blot, hvad der køres, og hvorfor.")]
Jobs = Annotated[
    int, Parameter("--jobs", help="Kapitler ad gangen; ellers så mange, som der er processorer.")
]
Scheduler = Annotated[
    str, Parameter("--scheduler", help="Kør kapitlerne på en Dask-klynge, fx tcp://navn:8786.")
]
SendData = Annotated[
    bool, Parameter("--yes-send-data", help="Sagsdata må sendes til klyngens maskiner.")
]
Port = Annotated[int, Parameter("--port", help="Port på denne maskine.")]
AsApp = Annotated[bool, Parameter("--app", help="Vis kurset som apps uden kode.")]
CourseFolder = Annotated[
    str, Parameter("--folder", help="Mappe til kopien af kurset; ellers Fremskudt-kursus.")
]
AnyPort = Annotated[int, Parameter("--port", help="Port på denne maskine; ellers en ledig.")]
NoBrowser = Annotated[bool, Parameter("--no-browser", help="Åbn ikke en browser.")]
