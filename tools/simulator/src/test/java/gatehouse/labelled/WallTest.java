package gatehouse.labelled;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the models are measured against must not know them. */
@AnalyzeClasses(packages = "gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class WallTest {

  @ArchTest
  static final ArchRule THE_CITY_KNOWS_NO_DETECTOR =
      noClasses()
          .that()
          .resideInAnyPackage("gatehouse.labelled..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "gatehouse.model..",
              "gatehouse.analysis..",
              "gatehouse.stats..",
              "gatehouse.alert..");

  @ArchTest
  static final ArchRule THE_CITY_HAS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage("gatehouse.labelled..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random");
}
