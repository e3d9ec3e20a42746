package gatehouse.replay.site;

import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsRecord;
import gatehouse.model.ModelCatalogue;
import gatehouse.replay.yaml.Nearest;
import gatehouse.replay.yaml.Value;
import java.util.List;
import java.util.Map;

/** Refuses settings that no model has, before anything is started. */
final class SettingCheck {

  private SettingCheck() {}

  static void check(String model, Map<String, String> values, Value where) {
    ModelEntry<?, ?, ?> entry =
        ModelCatalogue.find(model)
            .orElseThrow(
                () -> {
                  List<String> ids =
                      ModelCatalogue.all().stream().<String>map(ModelEntry::id).toList();
                  return where.wrong(
                      "no model is called '" + model + "'.", Nearest.hint(model, ids));
                });
    try {
      SettingsRecord.with(entry.defaults(), values);
    } catch (IllegalArgumentException e) {
      throw where.wrong(
          "these settings of " + model + " are not allowed: " + e.getMessage() + ".",
          "see docs/models.md.");
    }
  }
}
