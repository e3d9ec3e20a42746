package gatehouse.flink.type;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A map that comes back in the order in which it was written; Flink's own map serializer loses it,
 * and a model could then tell a restore from an ordinary step.
 */
final class LinkedMapSerializer<K, V> extends ValueSerializer<Map<K, V>> {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<K> keys;
  private final TypeSerializer<V> values;

  LinkedMapSerializer(TypeSerializer<K> keys, TypeSerializer<V> values) {
    this.keys = keys;
    this.values = values;
  }

  @Override
  public TypeSerializer<Map<K, V>> duplicate() {
    return new LinkedMapSerializer<>(keys.duplicate(), values.duplicate());
  }

  @Override
  public void serialize(Map<K, V> map, DataOutputView target) throws IOException {
    target.writeInt(map.size());
    for (Map.Entry<K, V> entry : map.entrySet()) {
      keys.serialize(entry.getKey(), target);
      values.serialize(entry.getValue(), target);
    }
  }

  @Override
  public Map<K, V> deserialize(DataInputView source) throws IOException {
    Map<K, V> map = new LinkedHashMap<>();
    for (int left = source.readInt(); left > 0; left--) {
      K key = keys.deserialize(source);
      map.put(key, values.deserialize(source));
    }
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinkedMapSerializer<?, ?> that
        && keys.equals(that.keys)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(keys, values);
  }

  @Override
  public TypeSerializerSnapshot<Map<K, V>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Remembers the serializers of keys and values. */
  public static final class Snapshot<K, V>
      extends CompositeTypeSerializerSnapshot<Map<K, V>, LinkedMapSerializer<K, V>> {

    /** For reading. */
    public Snapshot() {}

    Snapshot(LinkedMapSerializer<K, V> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(LinkedMapSerializer<K, V> outer) {
      return new TypeSerializer<?>[] {outer.keys, outer.values};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected LinkedMapSerializer<K, V> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new LinkedMapSerializer<>(
          (TypeSerializer<K>) nested[0], (TypeSerializer<V>) nested[1]);
    }
  }
}
