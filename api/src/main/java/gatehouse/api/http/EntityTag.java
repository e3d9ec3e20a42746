package gatehouse.api.http;

/** Entity tags (RFC 9110) of what has versions. */
public final class EntityTag {

  private EntityTag() {}

  /** The tag of a counted version. */
  public static String of(int version) {
    return of(Integer.toString(version));
  }

  /** The tag of a version that has an id. */
  public static String of(String version) {
    return '"' + version + '"';
  }
}
