"""The store on Elasticsearch: monthly indexes behind aliases, written in bulk under external versions."""
