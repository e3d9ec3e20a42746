package gatehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The walls of the domain. */
@AnalyzeClasses(packages = "gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  @ArchTest
  static final ArchRule JSON_STAYS_IN_ONE_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("gatehouse.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("tools.jackson..");

  @ArchTest
  static final ArchRule MODELS_HAVE_NO_CLOCK_AND_DO_NO_IO =
      noClasses()
          .that()
          .resideInAnyPackage("gatehouse.model..", "gatehouse.analysis..", "gatehouse.stats..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random");

  /** The hard blocks: nothing about a person's belonging, no face vectors. */
  @ArchTest
  static final ArchRule NO_FIELD_PROFILES_PEOPLE =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("gatehouse..")
          .should()
          .haveNameMatching(
              "race|.*Race|(?i:.*(ethnic|nationality|religio|politic|faith|minority|petition"
                  + "|health(?!y)|disease|embedding|faceVector|faceFeature|faceTemplate"
                  + "|score(OfPerson|Card)).*)");

  @ArchTest
  static final ArchRule EVENTS_KNOW_NO_MODEL =
      noClasses()
          .that()
          .resideInAnyPackage(
              "gatehouse.fact..", "gatehouse.event..", "gatehouse.registry..", "gatehouse.site..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "gatehouse.analysis..", "gatehouse.model..", "gatehouse.alert..", "gatehouse.wire..");

  @ArchTest
  static final ArchRule NO_CYCLE_AMONG_MODELS_AND_ALERTS =
      SlicesRuleDefinition.slices()
          .matching("gatehouse.(analysis|alert|model|stats|wire|config)..")
          .should()
          .beFreeOfCycles();
}
