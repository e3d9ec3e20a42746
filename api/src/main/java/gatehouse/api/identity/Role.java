package gatehouse.api.identity;

/** What somebody is to the communities. */
public enum Role {
  POLICE,
  PROPERTY,
  RESIDENT,
  /** Keeps devices, models and the system well; sees no person. */
  OPERATIONS,
  /** Reads the audit log and nothing else. */
  AUDITOR
}
