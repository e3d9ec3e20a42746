package gatehouse.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each problem has a title and a detail in each language, and no text is left over. */
class TextsTest {

  private static final Pattern CODE =
      Pattern.compile(
          "(?:Refusal\\s*\\.of\\(\\s*HttpStatus\\.\\w+,|HttpStatus\\.\\w+, |\\d, )\\s*\"([a-z-]+)\"");

  private static final Pattern REASON =
      Pattern.compile("new InvalidField\\(\\s*[^;]*?,\\s*\"([a-z-]+)\"\\)");

  @Test
  void everyCodeHasItsTextsAndNoOtherIsThere() throws IOException {
    Set<String> used =
        new TreeSet<>(List.of("csrf", "not-allowed", "second-factor-due", "internal", "refused"));
    for (String source : sources()) {
      Matcher code = CODE.matcher(source);
      while (code.find()) {
        used.add(code.group(1));
      }
    }
    used.addAll(List.of("not-found", "bad-request"));
    Set<String> keys = new TreeSet<>();
    used.forEach(
        code -> keys.addAll(List.of("problem." + code + ".title", "problem." + code + ".detail")));
    for (String source : sources()) {
      Matcher reason = REASON.matcher(source);
      while (reason.find()) {
        keys.add("field." + reason.group(1));
      }
    }
    for (Locale locale : Texts.LANGUAGES) {
      assertThat(
              new TreeSet<>(
                  ResourceBundle.getBundle(
                          "gatehouse.api.texts",
                          locale,
                          ResourceBundle.Control.getNoFallbackControl(
                              ResourceBundle.Control.FORMAT_PROPERTIES))
                      .keySet()))
          .as(locale.toLanguageTag())
          .isEqualTo(keys);
    }
  }

  @Test
  void theLanguagesDiffer() {
    assertThat(Texts.text(Locale.ENGLISH, "problem.not-found.title")).isEqualTo("Not found");
    assertThat(Texts.text(Locale.SIMPLIFIED_CHINESE, "problem.not-found.title")).isEqualTo("未找到");
  }

  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file -> {
                try {
                  sources.add(Files.readString(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return sources;
  }
}
