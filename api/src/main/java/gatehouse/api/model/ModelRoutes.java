package gatehouse.api.model;

import gatehouse.alert.Audience;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsRecord;
import gatehouse.api.http.ItemList;
import gatehouse.model.ModelCatalogue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The models that work here. */
@RestController
@RequestMapping("/api/v1/models")
class ModelRoutes {

  /** A model as people should know it. */
  record ModelView(
      String id,
      String title,
      int version,
      String purpose,
      List<Audience> recipients,
      ModelCard.LateData lateData,
      List<String> innocentExplanations,
      String source,
      Map<String, String> settings) {}

  /** Every model with what it is for. */
  @GetMapping
  ItemList<ModelView> list(Locale locale) {
    ModelTexts texts = ModelTexts.in(locale);
    return new ItemList<>(ModelCatalogue.all().stream().map(entry -> view(entry, texts)).toList());
  }

  private static ModelView view(ModelEntry<?, ?, ?> entry, ModelTexts texts) {
    ModelCard card = entry.card();
    return new ModelView(
        entry.id(),
        texts.title(entry),
        entry.version(),
        card.purpose(),
        card.recipients(),
        card.lateData(),
        card.falsePositives(),
        card.source(),
        SettingsRecord.texts(entry.defaults()));
  }
}
