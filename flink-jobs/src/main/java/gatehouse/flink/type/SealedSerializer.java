package gatehouse.flink.type;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * One of several record classes: a number for the class, then the record by its own serializer. The
 * numbers are those of the snapshot's list of names, so that classes may be added, moved to other
 * places of the list, and changed on their own.
 */
final class SealedSerializer<T> extends ValueSerializer<T> {

  private static final long serialVersionUID = 1L;

  private final String[] names;
  private final TypeSerializer<?>[] parts;
  private final Class<?>[] classes;
  private final Map<Class<?>, Integer> numbers = new HashMap<>();

  /**
   * A serializer of these classes.
   *
   * @param names stable names, one a class
   */
  SealedSerializer(List<String> names, List<Class<?>> classes, List<TypeSerializer<?>> parts) {
    this.names = names.toArray(String[]::new);
    this.classes = classes.toArray(Class<?>[]::new);
    this.parts = parts.toArray(TypeSerializer<?>[]::new);
    for (int i = 0; i < this.classes.length; i++) {
      numbers.put(this.classes[i], i);
    }
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new SealedSerializer<>(
        List.of(names),
        List.of(classes),
        Arrays.stream(parts).<TypeSerializer<?>>map(TypeSerializer::duplicate).toList());
  }

  @Override
  @SuppressWarnings("unchecked")
  public void serialize(T value, DataOutputView target) throws IOException {
    Integer number = numbers.get(value.getClass());
    if (number == null) {
      throw new IOException(value.getClass().getName() + " is not one of " + List.of(names));
    }
    target.writeShort(number);
    ((TypeSerializer<T>) parts[number]).serialize(value, target);
  }

  @Override
  @SuppressWarnings("unchecked")
  public T deserialize(DataInputView source) throws IOException {
    return ((TypeSerializer<T>) parts[source.readShort()]).deserialize(source);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedSerializer<?> that
        && Arrays.equals(names, that.names)
        && Arrays.equals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(names);
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    Map<String, Part> known = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      known.put(names[i], new Part(classes[i], parts[i].snapshotConfiguration()));
    }
    return new Snapshot<>(known);
  }

  private record Part(Class<?> type, TypeSerializerSnapshot<?> snapshot) {}

  /** Remembers the names in their order, and each class's own snapshot. */
  public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {

    private Map<String, Part> parts;

    /** For reading. */
    public Snapshot() {
      this(Map.of());
    }

    private Snapshot(Map<String, Part> parts) {
      this.parts = parts;
    }

    @Override
    public int getCurrentVersion() {
      return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeInt(parts.size());
      for (Map.Entry<String, Part> part : parts.entrySet()) {
        out.writeUTF(part.getKey());
        out.writeUTF(part.getValue().type().getName());
        TypeSerializerSnapshot.writeVersionedSnapshot(out, part.getValue().snapshot());
      }
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
      Map<String, Part> read = new LinkedHashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        String name = in.readUTF();
        String className = in.readUTF();
        try {
          Class<?> type = Class.forName(className, false, loader);
          read.put(name, new Part(type, TypeSerializerSnapshot.readVersionedSnapshot(in, loader)));
        } catch (ClassNotFoundException e) {
          throw new IOException("the state holds " + name + ", whose class is gone", e);
        }
      }
      parts = read;
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
      return new SealedSerializer<>(
          List.copyOf(parts.keySet()),
          parts.values().stream().<Class<?>>map(Part::type).toList(),
          parts.values().stream()
              .<TypeSerializer<?>>map(part -> part.snapshot().restoreSerializer())
              .toList());
    }

    /** This is the new one. */
    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
        TypeSerializerSnapshot<T> older) {
      if (!(older instanceof Snapshot<T> old)) {
        return TypeSerializerSchemaCompatibility.incompatible();
      }
      List<String> names = List.copyOf(parts.keySet());
      List<String> oldNames = List.copyOf(old.parts.keySet());
      boolean same =
          oldNames.size() <= names.size() && names.subList(0, oldNames.size()).equals(oldNames);
      for (Map.Entry<String, Part> oldPart : old.parts.entrySet()) {
        Part now = parts.get(oldPart.getKey());
        TypeSerializerSchemaCompatibility<?> part =
            now == null ? null : resolve(now.snapshot(), oldPart.getValue().snapshot());
        if (part == null || part.isIncompatible()) {
          return TypeSerializerSchemaCompatibility.incompatible();
        }
        same &= part.isCompatibleAsIs();
      }
      return same
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }

    @SuppressWarnings("unchecked")
    private static <P> @Nullable TypeSerializerSchemaCompatibility<P> resolve(
        TypeSerializerSnapshot<P> now, TypeSerializerSnapshot<?> before) {
      return now.resolveSchemaCompatibility((TypeSerializerSnapshot<P>) before);
    }
  }
}
