package gatehouse.wire;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** The one JSON factory, with limits that hold whatever a device sends. */
final class Json {

  /** Deeper, longer or more than any honest message. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(32)
          .maxStringLength(100_000)
          .maxNumberLength(40)
          .maxNameLength(200)
          .maxTokenCount(200_000)
          .build();

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final ObjectWriteContext PRETTY =
      new ObjectWriteContext.Base() {
        private final DefaultIndenter lines = new DefaultIndenter("  ", "\n");

        @Override
        public PrettyPrinter getPrettyPrinter() {
          return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        }
      };

  private Json() {}

  /** Something that reads a whole document. */
  interface Reader<T> {
    T read(JsonParser in) throws WireException;
  }

  static byte[] write(Consumer<JsonGenerator> content) {
    return write(ObjectWriteContext.empty(), content);
  }

  /** For people to read: two spaces, one line a value. */
  static byte[] writePretty(Consumer<JsonGenerator> content) {
    return write(PRETTY, content);
  }

  private static byte[] write(ObjectWriteContext how, Consumer<JsonGenerator> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = FACTORY.createGenerator(how, bytes)) {
      content.accept(out);
    }
    return bytes.toByteArray();
  }

  /** Reads exactly one document; anything wrong with the JSON itself becomes a WireException. */
  static <T> T read(byte[] bytes, Reader<T> reader) throws WireException {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new WireException("must be a JSON object");
      }
      T value = reader.read(in);
      if (in.nextToken() != null) {
        throw new WireException("something follows the JSON object");
      }
      return value;
    } catch (JacksonException e) {
      throw new WireException("not well-formed JSON (" + e.getClass().getSimpleName() + ")");
    }
  }
}
