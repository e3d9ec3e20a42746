package gatehouse.flink.type;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Texts, each written at once. Flink's own serializer writes every character by itself; as most of
 * the state is text, a checkpoint then costs more than all models together.
 *
 * <p>A length, then one byte a character (Latin-1), or two if one needs them. Nothing is lost, not
 * even half of a surrogate pair: a key that changed on its way would belong to another subtask.
 */
final class TextSerializer extends ValueSerializer<String> {

  static final TextSerializer INSTANCE = new TextSerializer();

  private static final long serialVersionUID = 1L;

  private static final int LONG = 0x7f;
  private static final int WIDE = 0x80;
  private static final int NARROWEST_WIDE = 0x100;

  @Override
  public TypeSerializer<String> duplicate() {
    return this;
  }

  @Override
  public void serialize(String text, DataOutputView target) throws IOException {
    boolean wide = isWide(text);
    int length = text.length();
    int flag = wide ? WIDE : 0;
    if (length < LONG) {
      target.writeByte(flag | length);
    } else {
      target.writeByte(flag | LONG);
      target.writeInt(length);
    }
    target.write(wide ? twoBytesEach(text) : text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public String deserialize(DataInputView source) throws IOException {
    int head = source.readUnsignedByte();
    int length = head & LONG;
    if (length == LONG) {
      length = source.readInt();
    }
    boolean wide = (head & WIDE) != 0;
    byte[] bytes = new byte[wide ? 2 * length : length];
    source.readFully(bytes);
    return wide ? ofTwoBytesEach(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] twoBytesEach(String text) {
    byte[] bytes = new byte[2 * text.length()];
    ByteBuffer.wrap(bytes).asCharBuffer().put(text);
    return bytes;
  }

  private static String ofTwoBytesEach(byte[] bytes) {
    return ByteBuffer.wrap(bytes).asCharBuffer().toString();
  }

  private static boolean isWide(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= NARROWEST_WIDE) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextSerializer;
  }

  @Override
  public int hashCode() {
    return TextSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<String> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Nothing to remember. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<String> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
