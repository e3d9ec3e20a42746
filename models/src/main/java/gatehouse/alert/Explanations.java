package gatehouse.alert;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The texts of alerts in the reader's language (English, Chinese). */
public final class Explanations {

  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private final ResourceBundle texts;

  private Explanations(ResourceBundle texts) {
    this.texts = texts;
  }

  /** The texts in this language; English where there is none. */
  public static Explanations in(Locale locale) {
    return new Explanations(
        ResourceBundle.getBundle("gatehouse.alert.explanations", locale, NO_FALLBACK));
  }

  /** The text of a code; the code itself if there is none. */
  public String text(String code) {
    return texts.containsKey(code) ? texts.getString(code) : code;
  }

  /** The text of an explanation with its values put in for {@code {name}}. */
  public String text(Explanation explanation) {
    String text = text(explanation.code());
    for (Map.Entry<String, String> value : explanation.values().entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  /** All codes, for the test that every language has each. */
  java.util.Set<String> codes() {
    return texts.keySet();
  }
}
