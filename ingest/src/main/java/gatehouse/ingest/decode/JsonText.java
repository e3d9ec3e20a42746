package gatehouse.ingest.decode;

import gatehouse.ingest.decode.UnreadableException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as text: what can be said of it without knowing what it means. */
final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] bytes;
  private final boolean escaped;

  private JsonText(byte[] bytes, boolean escaped) {
    this.bytes = bytes;
    this.escaped = escaped;
  }

  /**
   * The bytes as text. Stricter than the JSON reader, which lets overlong forms and lone surrogates
   * pass.
   */
  static JsonText of(byte[] bytes) throws UnreadableException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new JsonText(bytes, text.contains("\\u"));
    } catch (CharacterCodingException e) {
      throw new UnreadableException(Kind.SYNTAX, "not UTF-8");
    }
  }

  /** Whether it is exactly one well-formed document. */
  boolean isJson() {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      in.nextToken();
      in.skipChildren();
      return in.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  /**
   * Refuses NUL, which PostgreSQL cannot store, and half characters, which cannot be written as
   * UTF-8. Both can only be there as escapes.
   */
  void requireKeepable() throws UnreadableException {
    if (!escaped) {
      return;
    }
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME) {
          requireKeepable(in.getString());
        }
      }
    } catch (JacksonException e) {
      throw new UnreadableException(Kind.SYNTAX, "not well-formed JSON");
    }
  }

  private static void requireKeepable(String text) throws UnreadableException {
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new UnreadableException(Kind.TEXT, "a text holds NUL or half a character");
    }
  }
}
