package gatehouse.api.model;

import gatehouse.alert.Explanation;
import gatehouse.alert.Explanations;
import gatehouse.analysis.ModelEntry;
import gatehouse.model.ModelCatalogue;
import java.util.List;
import java.util.Locale;

/** What the models' titles and findings are called in the reader's language. */
public final class ModelTexts {

  private static final ModelTexts ENGLISH = new ModelTexts(Locale.ENGLISH, false);
  private static final ModelTexts CHINESE = new ModelTexts(Locale.SIMPLIFIED_CHINESE, true);

  private final Explanations explanations;
  private final boolean chinese;

  private ModelTexts(Locale locale, boolean chinese) {
    this.explanations = Explanations.in(locale);
    this.chinese = chinese;
  }

  /** The texts in this language. */
  public static ModelTexts in(Locale locale) {
    return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
  }

  /** A model's title; its id if the catalogue does not have it (any more). */
  public String title(String model) {
    return ModelCatalogue.find(model).map(this::title).orElse(model);
  }

  /** An entry's title. */
  public String title(ModelEntry<?, ?, ?> entry) {
    return chinese ? entry.card().titleZh() : entry.card().title();
  }

  /** Innocent causes that are known for a model's alerts. */
  public List<String> innocentExplanations(String model) {
    return ModelCatalogue.find(model).map(entry -> entry.card().falsePositives()).orElse(List.of());
  }

  /** An explanation's text. */
  public String text(Explanation explanation) {
    return explanations.text(explanation);
  }

  /** A code's text. */
  public String text(String code) {
    return code.isEmpty() ? "" : explanations.text(code);
  }
}
