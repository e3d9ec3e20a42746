package gatehouse.wire;

import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How a record is read.
 *
 * @param strict whether required fields must be there: from devices they must, in our own older
 *     records they need not
 * @param unknown is told the name of each skipped field, at any depth
 */
record Reading(boolean strict, Consumer<String> unknown) {

  /** For what we wrote ourselves, now or in an older version. */
  static final Reading LENIENT = new Reading(false, name -> {});

  /** Skips the value of an unknown field. */
  void skip(String name, JsonParser in) {
    unknown.accept(name);
    int depth = 0;
    JsonToken token = in.currentToken();
    while (true) {
      if (token == JsonToken.PROPERTY_NAME) {
        unknown.accept(in.currentName());
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
      if (depth == 0) {
        return;
      }
      token = in.nextToken();
    }
  }
}
