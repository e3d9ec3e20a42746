package gatehouse.flink;

import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force inside one operator: what was known when the job was started, and what was
 * broadcast since. A change holds for facts from its {@code effectiveFrom} on that are shown after
 * it has arrived.
 */
final class LiveSettings implements Serializable {

  /** The broadcast state that keeps changes over restarts. */
  static final MapStateDescriptor<String, SettingsChange> STATE =
      new MapStateDescriptor<>("settings", Types.STRING, RecordTypes.of(SettingsChange.class));

  private static final long serialVersionUID = 1L;

  /** As JSON, because records of the domain are not {@link Serializable}. */
  private final byte[][] atStart;

  private transient @Nullable SettingsBook book;
  private transient boolean restored;

  LiveSettings(List<SettingsChange> atStart) {
    RecordCodec<SettingsChange> codec = RecordCodec.of(SettingsChange.class);
    this.atStart = atStart.stream().map(codec::encode).toArray(byte[][]::new);
  }

  /** The book that the operator's models look into; it grows as changes come. */
  SettingsBook book() {
    if (book == null) {
      book = new SettingsBook();
      RecordCodec<SettingsChange> codec = RecordCodec.of(SettingsChange.class);
      for (byte[] change : atStart) {
        try {
          book.add(codec.decode(change));
        } catch (WireException e) {
          throw new IllegalStateException("settings that were encoded here cannot be read", e);
        }
      }
    }
    return book;
  }

  /** Takes what the state knows; to be called before the book is used. */
  void restore(ReadOnlyBroadcastState<String, SettingsChange> state) throws Exception {
    if (!restored) {
      for (Map.Entry<String, SettingsChange> entry : state.immutableEntries()) {
        book().add(entry.getValue());
      }
      restored = true;
    }
  }

  /** Takes a change that was just broadcast. */
  void change(SettingsChange change, BroadcastState<String, SettingsChange> state)
      throws Exception {
    restore(state);
    state.put(
        String.join(
            "|",
            change.model(),
            change.scope().name(),
            change.scopeId(),
            change.effectiveFrom().toString()),
        change);
    book().add(change);
  }
}
