EXISTS DATABASE {database:Identifier}
