package gatehouse.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of this module. */
@AnalyzeClasses(packages = "gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule API_KNOWS_THE_DOMAIN_AND_NO_OTHER_MODULE =
      noClasses()
          .that()
          .resideInAPackage("gatehouse.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "gatehouse.ingest..",
              "gatehouse.flink..",
              "gatehouse.simulator..",
              "gatehouse.service..",
              "gatehouse.launcher..",
              "gatehouse.replay..");

  /**
   * {@link gatehouse.api.store.Transaction} takes SQL that the compiler knows to be constant;
   * nobody else speaks to the database (trust.md S10).
   */
  @ArchTest
  static final ArchRule SQL_IS_NEVER_BUILT =
      noClasses()
          .that()
          .resideInAPackage("gatehouse.api..")
          .and()
          .resideOutsideOfPackage("gatehouse.api.store..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.jdbi.v3.core.Handle")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.jdbi.v3.core.Jdbi")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Statement")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Connection")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework.jdbc..");

  @ArchTest
  static final ArchRule VALUES_ARE_BOUND_AND_NEVER_PUT_INTO_THE_TEXT =
      noClasses()
          .that()
          .resideInAPackage("gatehouse.api..")
          .should()
          .callMethod(
              "org.jdbi.v3.core.statement.SqlStatement",
              "define",
              "java.lang.String",
              "java.lang.Object");

  @ArchTest
  static final ArchRule NO_JAVA_SERIALIZATION =
      noClasses()
          .that()
          .resideInAPackage("gatehouse.api..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream");

  @ArchTest
  static final ArchRule TIME_COMES_FROM_THE_CLOCK =
      noClasses()
          .that()
          .resideInAPackage("gatehouse.api..")
          .should()
          .callMethod("java.time.Instant", "now")
          .orShould()
          .callMethod("java.lang.System", "currentTimeMillis");

  @ArchTest
  static final ArchRule THE_STORE_KNOWS_NO_FEATURE =
      classes()
          .that()
          .resideInAPackage("gatehouse.api.store..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(
              "gatehouse.api.alert..",
              "gatehouse.api.door..",
              "gatehouse.api.identity..",
              "gatehouse.api.accesslog..",
              "gatehouse.api.site..",
              "gatehouse.api.http..");
}
