package gatehouse.api.accesslog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Passages as CSV. */
final class AccessCsv {

  private AccessCsv() {}

  static void header(Writer out) throws IOException {
    out.write(
        CsvText.line(
            "time",
            "received_at",
            "community",
            "community_name",
            "place",
            "place_name",
            "device",
            "kind",
            "subject_type",
            "subject",
            "direction",
            "outcome",
            "reason",
            "buffered",
            "id"));
  }

  static void row(Writer out, AccessRow row) {
    try {
      out.write(
          CsvText.line(
              row.time(),
              row.receivedAt(),
              row.community(),
              row.communityName(),
              row.place(),
              row.placeName(),
              row.device(),
              row.kind(),
              row.subjectType(),
              row.subject(),
              row.direction(),
              row.outcome(),
              row.reason(),
              row.buffered(),
              row.id()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
