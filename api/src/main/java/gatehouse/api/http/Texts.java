package gatehouse.api.http;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The API's own texts in the reader's language. */
public final class Texts {

  /** The languages there are; the first is the one of those who ask for none of them. */
  public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private Texts() {}

  /** The text of a key; empty if there is none. */
  public static String text(Locale locale, String key) {
    ResourceBundle texts = ResourceBundle.getBundle("gatehouse.api.texts", locale, NO_FALLBACK);
    return texts.containsKey(key) ? texts.getString(key) : "";
  }
}
