package gatehouse.launcher.command;

import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Settings;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsRecord;
import gatehouse.model.ModelCatalogue;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of all models in which every waiting time is shorter by one factor. */
final class ShortenedSettings {

  private ShortenedSettings() {}

  /**
   * The changes.
   *
   * @param communities where they hold
   * @param pace 0..1; no time becomes shorter than its setting allows
   */
  static List<SettingsChange> of(Collection<String> communities, double pace) {
    List<SettingsChange> changes = new ArrayList<>();
    for (ModelEntry<?, ?, ?> entry : ModelCatalogue.all()) {
      Map<String, String> shorter = shorter(entry.defaults(), pace);
      if (!shorter.isEmpty()) {
        for (String community : communities) {
          changes.add(
              new SettingsChange(
                  entry.id(),
                  SettingsChange.Scope.COMMUNITY,
                  community,
                  Instant.EPOCH,
                  shorter,
                  "play"));
        }
      }
    }
    return List.copyOf(changes);
  }

  private static Map<String, String> shorter(Settings settings, double pace) {
    Map<String, String> texts = SettingsRecord.texts(settings);
    Map<String, String> shorter = new LinkedHashMap<>();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      if (component.getType() == Duration.class) {
        Duration usual = Duration.parse(texts.getOrDefault(component.getName(), "PT0S"));
        double least = SettingsRecord.setting(component).min() * 1000;
        long millis = Math.round(Math.max(usual.toMillis() * pace, least));
        shorter.put(component.getName(), Duration.ofMillis(millis).toString());
      }
    }
    return Map.copyOf(shorter);
  }
}
