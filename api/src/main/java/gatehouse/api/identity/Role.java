package gatehouse.api.identity;

/** What somebody is to the communities. */
public enum Role {
  POLICE,
  PROPERTY,
  RESIDENT
}
