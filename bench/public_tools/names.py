"""The public tools, each with the beginning of the name under which a published run of it is filed."""

PUBLISHED = {
    "METIS": "metis-aff",
    "GerryChain bursts": "gc-sb-J",
    "GerryChain tilted": "gc-tilt-J",
    "pygeoda skater": "geoda-skater",
    "pygeoda redcap": "geoda-redcap",
    "pygeoda schc": "geoda-schc",
    "pygeoda azp_greedy": "geoda-azp-greedy",
    "pygeoda azp_sa": "geoda-azp-sa",
    "pygeoda azp_tabu": "geoda-azp-tabu",
    "pygeoda maxp_greedy": "geoda-maxp-greedy",
    "pygeoda maxp_tabu": "geoda-maxp-tabu",
    "spopt skater": "spopt-skater",
    "spopt ward": "spopt-ward",
    "spopt kmeans": "spopt-kmeans",
    "spopt azp": "spopt-azp",
    "spopt maxp": "spopt-maxp",
}
