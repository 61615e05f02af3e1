"""The one shell that every service's pages share: layout, languages, formats, assets, failures."""
