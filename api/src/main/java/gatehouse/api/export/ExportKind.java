package gatehouse.api.export;

/** What can be exported. */
public enum ExportKind {
  /** Passages, masked. */
  ACCESS_LOG,
  /** Everything of one kind of the registry that holds now. */
  REGISTRY,
  /** Persons, masked. */
  PERSONS
}
