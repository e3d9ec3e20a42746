package gatehouse.flink.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.alert.Alert;
import gatehouse.alert.Episode;
import gatehouse.alert.Finding;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.fixture.RandomRecords;
import gatehouse.flink.ProbeModel;
import gatehouse.model.ModelCatalogue;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.FactCodec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTypesTest {

  static Stream<Class<? extends Record>> everythingThatRestsInState() {
    return Stream.of(
            FactCodec.types().stream(),
            Stream.of(
                Finding.class,
                Alert.class,
                Episode.class,
                DeadLetter.class,
                SettingsChange.class,
                ProbeModel.State.class),
            ModelCatalogue.all().stream().map(ModelEntry::stateType),
            ModelCatalogue.all().stream().flatMap(entry -> entry.consumes().stream()))
        .flatMap(types -> types)
        .distinct()
        .map(type -> type.asSubclass(Record.class));
  }

  @ParameterizedTest
  @MethodSource("everythingThatRestsInState")
  <T extends Record> void comesBackAsItWasWithNullsAndThroughASnapshot(Class<T> type)
      throws IOException {
    TypeSerializer<T> serializer = serializer(RecordTypes.of(type));
    TypeSerializer<T> restored = throughSnapshot(serializer);
    RandomRecords random = new RandomRecords(11);
    for (int i = 0; i < 30; i++) {
      T value = random.of(type);
      assertThat(roundTrip(serializer, serializer, value)).isEqualTo(value);
      assertThat(roundTrip(serializer, restored, value)).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "door-1",
        "café",
        "京A12345",
        "\uD83D\uDE97",
        "half a pair: \uD83D",
        "\u0000\u00ff\u0100"
      })
  void anyTextComesBack(String text) throws IOException {
    TypeSerializer<String> serializer = serializer(RecordTypes.text());
    for (String value : List.of(text, text.repeat(20), text.repeat(5000))) {
      assertThat(roundTrip(serializer, throughSnapshot(serializer), value)).isEqualTo(value);
    }
  }

  @Test
  void aShortTextThatComesAgainTakesNoMoreMemory() throws IOException {
    TypeSerializer<String> serializer = serializer(RecordTypes.text());
    assertThat(roundTrip(serializer, serializer, "door-7"))
        .isSameAs(roundTrip(serializer, serializer, "door-7"));
    // These two have the same hash.
    assertThat(roundTrip(serializer, serializer, "Aa")).isEqualTo("Aa");
    assertThat(roundTrip(serializer, serializer, "BB")).isEqualTo("BB");
  }

  @Test
  void anyFactComesBackAsItsOwnClass() throws IOException {
    TypeSerializer<Fact> serializer = serializer(RecordTypes.oneOf(Fact.class, FactCodec.types()));
    RandomRecords random = new RandomRecords(12);
    for (Class<? extends Fact> type : FactCodec.types()) {
      Fact fact = (Fact) random.of(type.asSubclass(Record.class));
      assertThat(roundTrip(serializer, throughSnapshot(serializer), fact)).isEqualTo(fact);
    }
  }

  @Test
  void whatGoesTheSameWayAgainComesBackAsTheSameObject() throws IOException {
    TypeSerializer<Fact> serializer =
        serializer(RecordTypes.repeated(RecordTypes.oneOf(Fact.class, FactCodec.types())));
    RandomRecords random = new RandomRecords(13);
    List<Fact> facts = new ArrayList<>();
    for (Class<? extends Fact> type : FactCodec.types()) {
      Fact fact = (Fact) random.of(type.asSubclass(Record.class));
      facts.addAll(List.of(fact, fact, facts.isEmpty() ? fact : facts.get(0)));
    }
    DataOutputSerializer out = new DataOutputSerializer(64);
    for (Fact fact : facts) {
      serializer.serialize(fact, out);
    }
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    List<Fact> read = new ArrayList<>();
    TypeSerializer<Fact> reading = throughSnapshot(serializer);
    for (int i = 0; i < facts.size(); i++) {
      read.add(reading.deserialize(in));
    }
    assertThat(read).isEqualTo(facts);
    assertThat(in.available()).isZero();
    for (int i = 0; i < read.size(); i += 3) {
      assertThat(read.get(i + 1)).isSameAs(read.get(i));
    }
    assertThat(roundTrip(serializer.duplicate(), serializer, facts.get(0))).isEqualTo(facts.get(0));
  }

  /** Everything that could go wrong in a collection. */
  public record Collections(
      List<@Nullable String> texts,
      List<@Nullable Double> numbers,
      List<@Nullable Instant> times,
      Map<String, @Nullable Integer> map,
      Set<String> set,
      @Nullable Shape shape,
      List<Shape> shapes) {}

  /** One of two. */
  public sealed interface Shape permits Circle, Square {}

  /** A circle. */
  public record Circle(double radius) implements Shape {}

  /** A square. */
  public record Square(double side) implements Shape {}

  @Test
  void collectionsKeepTheirOrderAndTheirNulls() throws IOException {
    Map<String, @Nullable Integer> map = new LinkedHashMap<>();
    Set<String> set = new LinkedHashSet<>();
    for (String key : List.of("z", "a", "q", "b", "m")) {
      map.put(key, key.equals("q") ? null : (int) key.charAt(0));
      set.add(key);
    }
    Collections value =
        new Collections(
            Arrays.asList("a", null),
            Arrays.asList(null, 2.0),
            Arrays.asList(Instant.EPOCH, null),
            map,
            set,
            null,
            List.of(new Circle(1), new Square(2)));
    TypeSerializer<Collections> serializer = serializer(RecordTypes.of(Collections.class));
    Collections back = roundTrip(serializer, throughSnapshot(serializer), value);
    assertThat(back).usingRecursiveComparison().isEqualTo(value);
    assertThat(back.map().keySet()).containsExactly("z", "a", "q", "b", "m");
    assertThat(back.set()).containsExactly("z", "a", "q", "b", "m");
  }

  /** Holds what has no serializer. */
  public record Opaque(String name, Optional<String> maybe) {}

  @Test
  void whatHasNoSerializerIsRefusedByNameAndNeverGivenToKryo() {
    assertThatThrownBy(() -> RecordTypes.of(Opaque.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Opaque")
        .hasMessageContaining("Optional");
  }

  static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }

  @SuppressWarnings("unchecked")
  private static <T> TypeSerializer<T> throughSnapshot(TypeSerializer<T> serializer)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<T> snapshot =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()),
            RecordTypesTest.class.getClassLoader());
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(snapshot)
                .isCompatibleAsIs())
        .isTrue();
    return snapshot.restoreSerializer();
  }

  private static <T> T roundTrip(TypeSerializer<T> writer, TypeSerializer<T> reader, T value)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    writer.duplicate().serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T back = reader.duplicate().deserialize(in);
    assertThat(in.available()).isZero();
    return back;
  }
}
