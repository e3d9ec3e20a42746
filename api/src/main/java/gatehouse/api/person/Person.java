package gatehouse.api.person;

import gatehouse.api.http.EntityTag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person in clear; never logged, never in an exception.
 *
 * @param person id in the registry, the same over all versions
 * @param version counted from 1
 * @param nonFaceWay the way in without the face
 * @param faceAllowed whether the person agreed to be known by the face at doors
 * @param guardian person id of a child's guardian; empty: none
 * @param home the unit whose resident made the person known; empty: the property did
 */
public record Person(
    String community,
    String person,
    int version,
    Instant recordedAt,
    String name,
    @Nullable String idNumber,
    @Nullable String phone,
    NonFaceWay nonFaceWay,
    boolean faceAllowed,
    String guardian,
    String home) {

  /** As it is shown to whoever gave no reason. */
  public Person masked() {
    return new Person(
        community,
        person,
        version,
        recordedAt,
        name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**",
        idNumber == null ? null : ends(idNumber, 3, 2),
        phone == null ? null : ends(phone, 3, 2),
        nonFaceWay,
        faceAllowed,
        guardian,
        home);
  }

  /** The next version, which comes in another way. */
  public Person comingInBy(NonFaceWay way, boolean face, Instant now) {
    return new Person(
        community, person, version + 1, now, name, idNumber, phone, way, face, guardian, home);
  }

  /** As an entity tag. */
  String etag() {
    return EntityTag.of(version);
  }

  @Override
  public String toString() {
    return "Person[" + community + "/" + person + "]";
  }

  private static String ends(String text, int first, int last) {
    return text.length() <= first + last
        ? "***"
        : text.substring(0, first) + "***" + text.substring(text.length() - last);
  }
}
