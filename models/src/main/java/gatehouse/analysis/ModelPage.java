package gatehouse.analysis;

import gatehouse.alert.Audience;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a model's card for docs/models.md. */
public final class ModelPage {

  private ModelPage() {}

  /** A Markdown section: purpose, recipients, settings, known false alarms. */
  public static String section(ModelEntry<?, ?, ?> entry) {
    ModelCard card = entry.card();
    StringBuilder page = new StringBuilder();
    page.append("## ").append(entry.id()).append("\n\n");
    page.append("**").append(card.title()).append("** (").append(card.titleZh()).append(")\n\n");
    page.append(card.purpose()).append("\n\n");
    page.append("- Recipients: ").append(recipients(card)).append('\n');
    page.append("- Shown to the model: ").append(ordering(entry)).append('\n');
    page.append("- Late data: ").append(lateData(card)).append('\n');
    page.append("- Source: ").append(card.source()).append('\n');
    page.append("- Try it: `./gatehouse play ").append(entry.id()).append("`\n\n");
    settings(page, entry.defaults());
    if (!card.falsePositives().isEmpty()) {
      page.append("Known innocent causes:\n\n");
      card.falsePositives().forEach(cause -> page.append("- ").append(cause).append('\n'));
      page.append('\n');
    }
    return page.toString();
  }

  private static String recipients(ModelCard card) {
    return card.recipients().isEmpty()
        ? "none, it serves other models"
        : card.recipients().stream().map(Audience::name).collect(Collectors.joining(", "));
  }

  private static String ordering(ModelEntry<?, ?, ?> entry) {
    return switch (entry.ordering()) {
      case EVENT_TIME -> "in event-time order, behind the watermark";
      case ON_ARRIVAL -> "at once, on arrival";
    };
  }

  private static String lateData(ModelCard card) {
    return switch (card.lateData()) {
      case COMMUTATIVE -> "simply added (class A)";
      case ORDERED -> "the key's history is run again (class B)";
      case LEARNED -> "changes its own bin only (class C)";
    };
  }

  private static void settings(StringBuilder page, Settings defaults) {
    Map<String, String> values = SettingsRecord.texts(defaults);
    if (values.isEmpty()) {
      return;
    }
    page.append("| setting | default | unit | allowed | what it is for |\n");
    page.append("| --- | --- | --- | --- | --- |\n");
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      Settings.Setting setting = SettingsRecord.setting(component);
      boolean duration = component.getType() == Duration.class;
      page.append("| `").append(component.getName()).append("` | `");
      page.append(values.get(component.getName())).append("` | ");
      page.append(duration ? "ISO 8601" : setting.unit()).append(" | ");
      page.append(range(setting, duration)).append(" | ").append(setting.value()).append(" |\n");
    }
    page.append('\n');
  }

  private static String range(Settings.Setting setting, boolean duration) {
    String unit = duration ? " s" : "";
    return setting.max() == Double.MAX_VALUE
        ? "from " + number(setting.min()) + unit
        : number(setting.min()) + " to " + number(setting.max()) + unit;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
