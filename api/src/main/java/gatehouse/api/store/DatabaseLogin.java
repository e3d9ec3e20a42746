package gatehouse.api.store;

/** Where the database is, and as whom to log in. */
public record DatabaseLogin(String url, String user, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseLogin[" + user + "]";
  }
}
