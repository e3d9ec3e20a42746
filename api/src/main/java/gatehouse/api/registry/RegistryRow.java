package gatehouse.api.registry;

import gatehouse.api.http.EntityTag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A version of a thing, as it is shown.
 *
 * @param version id of this version; also the ETag
 * @param thing id of the thing
 * @param validTo exclusive; null: open end
 * @param source {@code registry} if it was recorded here, {@code topic} if another system said it
 * @param fields the fields of its kind
 */
public record RegistryRow(
    String version,
    String community,
    String kind,
    String thing,
    Instant recordedAt,
    Instant validFrom,
    @Nullable Instant validTo,
    String source,
    JsonNode fields) {

  /** As an entity tag (RFC 9110). */
  String etag() {
    return EntityTag.of(version);
  }
}
