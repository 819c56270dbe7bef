const BUILD = {{ build_id | json }};
const PRECACHE = {{ precache | json }};
