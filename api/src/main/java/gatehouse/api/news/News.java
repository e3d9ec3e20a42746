package gatehouse.api.news;

import gatehouse.api.http.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of news. Titles and bodies are plain text; an empty line ends a paragraph. Nobody reads
 * them as HTML.
 *
 * @param communities ids of the communities it is for
 * @param withdrawnFor why it was taken back; empty if it was not
 */
record News(
    UUID id,
    int version,
    List<String> communities,
    Text zh,
    Text en,
    Instant publishAt,
    Instant expiresAt,
    NewsState state,
    UUID draftedBy,
    @Nullable UUID publishedBy,
    String withdrawnFor,
    Instant changedAt) {

  /** A title and a body in one language. */
  record Text(String title, String body) {

    static final Text NONE = new Text("", "");
  }

  String etag() {
    return EntityTag.of(version);
  }
}
