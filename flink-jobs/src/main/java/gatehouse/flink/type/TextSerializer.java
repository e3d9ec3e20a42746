package gatehouse.flink.type;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Texts, each written at once. Flink's own serializer writes every character by itself; as most of
 * the state is text, a checkpoint then costs more than all models together.
 *
 * <p>A length, then one byte a character (Latin-1), or two if one needs them. Nothing is lost, not
 * even half of a surrogate pair: a key that changed on its way would belong to another subtask.
 * Short texts that are read again are the same object; of the state on the heap, most is such.
 */
final class TextSerializer extends ValueSerializer<String> {

  static final TextSerializer INSTANCE = new TextSerializer();

  private static final long serialVersionUID = 1L;

  /** Most texts name a place, a device, a card or a code, and come again and again. */
  private static final @Nullable String[] SHARED = new @Nullable String[1 << 14];

  private static final int SHARED_LENGTH = 48;

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
    if (wide) {
      return ofTwoBytesEach(bytes);
    }
    return length <= SHARED_LENGTH ? shared(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The text itself if it came lately; threads may miss each other's, but see whole texts only. */
  private static String shared(byte[] bytes) {
    int slot = Arrays.hashCode(bytes) & (SHARED.length - 1);
    String known = SHARED[slot];
    if (known != null && isSame(known, bytes)) {
      return known;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    SHARED[slot] = text;
    return text;
  }

  private static boolean isSame(String text, byte[] bytes) {
    if (text.length() != bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (text.charAt(i) != (bytes[i] & 0xff)) {
        return false;
      }
    }
    return true;
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
