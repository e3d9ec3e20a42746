package gatehouse.alert;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of alerts in the reader's language, English or Chinese. Each model has a file of its
 * own; a code starts with the model's id and a dot, codes without a dot are common to all.
 */
public final class Explanations {

  private static final String FOLDER = "/gatehouse/alert/explanations/";
  private static final String COMMON = "common";

  private final boolean chinese;
  private final Map<String, Map<String, String>> byFile = new ConcurrentHashMap<>();

  private Explanations(boolean chinese) {
    this.chinese = chinese;
  }

  /** The texts in this language; English where there is none. */
  public static Explanations in(Locale locale) {
    return new Explanations(locale.getLanguage().equals("zh"));
  }

  /** The text of a code; the code itself if there is none. */
  public String text(String code) {
    int dot = code.indexOf('.');
    return texts(dot < 0 ? COMMON : code.substring(0, dot)).getOrDefault(code, code);
  }

  /** The text of an explanation with its values put in for {@code {name}}. */
  public String text(Explanation explanation) {
    String text = text(explanation.code());
    for (Map.Entry<String, String> value : explanation.values().entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  /** All codes of a model. */
  public Set<String> codes(String model) {
    return Set.copyOf(texts(model).keySet());
  }

  private Map<String, String> texts(String file) {
    return byFile.computeIfAbsent(file, this::load);
  }

  private Map<String, String> load(String file) {
    String name = FOLDER + file + (chinese ? "_zh" : "") + ".properties";
    Map<String, String> texts = new HashMap<>();
    try (InputStream bytes = Explanations.class.getResourceAsStream(name)) {
      if (bytes == null) {
        return Map.of();
      }
      try (Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
        Properties properties = new Properties();
        properties.load(reader);
        properties
            .stringPropertyNames()
            .forEach(code -> texts.put(code, properties.getProperty(code)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
    return Map.copyOf(texts);
  }
}
