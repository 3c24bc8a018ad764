package dev.kiln.lab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.profile.FamilyRules;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that a program can check, on every class of every module. */
class ArchitectureTest {
  private static final String NODE = "dev.kiln.node..";
  private static final String BUILDER = "dev.kiln.builder..";
  private static final String BOOTSERVER = "dev.kiln.bootserver..";
  private static final String LAB = "dev.kiln.lab..";

  /** Each family's own. */
  private static final String FAMILIES = "dev.kiln.builder.distro.*..";

  /**
   * What the builder does for every family. Any other package is a family's, or the file format of
   * one, before anybody says so.
   */
  private static final String[] GENERIC = {
    "dev.kiln.builder.distro",
    "dev.kiln.builder.bake..",
    "dev.kiln.builder.cache..",
    "dev.kiln.builder.check..",
    "dev.kiln.builder.cli..",
    "dev.kiln.builder.describe..",
    "dev.kiln.builder.elf..",
    "dev.kiln.builder.fetch..",
    "dev.kiln.builder.gomod..",
    "dev.kiln.builder.initrd..",
    "dev.kiln.builder.inspect..",
    "dev.kiln.builder.kernel..",
    "dev.kiln.builder.key..",
    "dev.kiln.builder.kit..",
    "dev.kiln.builder.layer..",
    "dev.kiln.builder.lock..",
    "dev.kiln.builder.mirror..",
    "dev.kiln.builder.output..",
    "dev.kiln.builder.packages..",
    "dev.kiln.builder.progress..",
    "dev.kiln.builder.repeat..",
    "dev.kiln.builder.sandbox..",
    "dev.kiln.builder.sbom..",
    "dev.kiln.builder.sign..",
    "dev.kiln.builder.source..",
    "dev.kiln.builder.tree.."
  };

  private static JavaClasses kiln;

  @BeforeAll
  static void readEveryClass() {
    kiln =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kiln");
  }

  @Test
  void theBuilderAndTheBootServerDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(BUILDER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BOOTSERVER)
        .because("what passes between them is an image directory")
        .check(kiln);
    noClasses()
        .that()
        .resideInAPackage(BOOTSERVER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BUILDER)
        .because("what passes between them is an image directory")
        .check(kiln);
  }

  @Test
  void modulesDependInOneDirection() {
    noClasses()
        .that(not(resideInAnyPackage(NODE, BUILDER, BOOTSERVER, LAB)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(NODE, BUILDER, BOOTSERVER, LAB)
        .as("the module profiles should use no other module of Kiln")
        .check(kiln);
    noClasses()
        .that()
        .resideInAPackage(NODE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BUILDER, BOOTSERVER, LAB)
        .as("the module cloudinit-templates should use profiles only")
        .check(kiln);
    noClasses()
        .that()
        .resideOutsideOfPackage(LAB)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(LAB)
        .as("nothing should use the lab")
        .check(kiln);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.kiln.(**)").should().beFreeOfCycles().check(kiln);
  }

  @Test
  void theRulesOfAFamilysProfilesStandInItsPackage() {
    classes()
        .that(implementFamilyRules())
        .should()
        .resideInAPackage(FAMILIES)
        .because("profiles knows families by name only")
        .check(kiln);
    noClasses()
        .that()
        .resideOutsideOfPackage(FAMILIES)
        .should()
        .dependOnClassesThat(implementFamilyRules())
        .because("whoever reads a profile is handed the rules of the families that are known")
        .check(kiln);
  }

  @Test
  void nothingOfTheBuilderKnowsAFamilyButTheLineThatNamesIt() {
    noClasses()
        .that()
        .resideInAnyPackage(GENERIC)
        .and()
        .doNotHaveFullyQualifiedName("dev.kiln.builder.cli.Distributions")
        .should()
        .dependOnClassesThat(resideInAPackage(BUILDER).and(not(resideInAnyPackage(GENERIC))))
        .because("a family is one interface, one package and one line")
        .check(kiln);
    noClasses()
        .that(
            resideInAPackage(BUILDER)
                .and(not(resideInAnyPackage(GENERIC)))
                .and(not(resideInAPackage(FAMILIES))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.kiln.builder.distro..")
        .because("a file format is nobody's distribution")
        .check(kiln);
  }

  @Test
  void noFamilyKnowsAnother() {
    slices().matching("dev.kiln.builder.distro.(*)..").should().notDependOnEachOther().check(kiln);
  }

  @Test
  void nothingDependsOnTheCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(BUILDER, BOOTSERVER)
        .and()
        .resideOutsideOfPackage("..cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..cli..")
        .because("the command line calls the flows, never the other way round")
        .check(kiln);
  }

  @Test
  void everyNameIsAConcept() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Commons?|Misc)")
        .because("a function without a home is a concept without a name")
        .check(kiln);
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..",
            "..utils..",
            "..common..",
            "..helper..",
            "..impl..",
            "..manager..",
            "..misc..")
        .check(kiln);
  }

  @Test
  void processesAreStartedInTwoPlacesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.kiln.builder.sandbox..", "dev.kiln.lab.process..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class, String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .because("a process of the bake runs in the sandbox, one of the lab dies with the lab")
        .check(kiln);
  }

  @Test
  void whereATreeLiesIsKnownToTheSandboxAlone() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.kiln.builder.sandbox..")
        .and()
        .arePublic()
        .should(giveOutNoPlace())
        .because("a file of a tree may be another user's, and a tree in memory is in a namespace")
        .check(kiln);
    classes()
        .that()
        .haveNameMatching(".*\\.sandbox\\.Root")
        .should()
        .notBePublic()
        .because("it follows links and says where they lead")
        .check(kiln);
  }

  @Test
  void aTreeIsMadeByTheSandboxOrOfFilesOfKilnsOwn() {
    noClasses()
        .that()
        .resideInAPackage(BUILDER)
        .and()
        .resideOutsideOfPackage("dev.kiln.builder.sandbox..")
        .and()
        .doNotHaveFullyQualifiedName("dev.kiln.builder.layer.LayerTree")
        .and()
        .doNotHaveFullyQualifiedName("dev.kiln.builder.kit.PrepareKit")
        .should()
        .callMethod(ImageTree.class, "at", Path.class)
        .because("who knows where commands work could open by a path what they made a link")
        .check(kiln);
  }

  @Test
  void nobodyIsGivenAFile() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "one sets the owner of a file, or whatever attribute a text names",
                call ->
                    call.getTargetOwner().getPackageName().startsWith("java.nio.file")
                        && Set.of("setOwner", "setGroup", "setAttribute")
                            .contains(call.getTarget().getName())))
        .because("owners are set in the sandbox, where any user may have them all")
        .check(kiln);
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
    classes().should(haveANullMarkedPackage()).check(kiln);
  }

  @Test
  void onlyMainClassesEndTheProgram() {
    noClasses()
        .that(not(mainClasses()))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(kiln);
  }

  /** Their digests are made of their texts; {@code copyOf} has another order in each process. */
  @Test
  void whatIsWantedAndWhatIsChosenHaveTheSameOrderEverywhere() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.kiln.profile..", "dev.kiln.lock..")
        .should()
        .callMethod(Map.class, "copyOf", Map.class)
        .orShould()
        .callMethod(Set.class, "copyOf", Collection.class)
        .check(kiln);
  }

  private static ArchCondition<JavaClass> haveANullMarkedPackage() {
    return new ArchCondition<>("stand in a package whose package-info.java is @NullMarked") {
      @Override
      public void check(JavaClass each, ConditionEvents events) {
        boolean marked = each.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                each, marked, each.getName() + ": its package is not @NullMarked"));
      }
    };
  }

  /** Also not inside of another type, such as {@code Optional<Path>}. */
  private static ArchCondition<JavaMethod> giveOutNoPlace() {
    Set<String> places = Set.of(Path.class.getName(), File.class.getName(), URI.class.getName());
    return new ArchCondition<>("give out no place on the host") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean hidden =
            method.getReturnType().getAllInvolvedRawTypes().stream()
                .noneMatch(type -> places.contains(type.getName()));
        events.add(
            new SimpleConditionEvent(method, hidden, method.getFullName() + " gives out a place"));
      }
    };
  }

  private static DescribedPredicate<JavaClass> implementFamilyRules() {
    return DescribedPredicate.describe(
        "the rules of one family",
        type -> type.isAssignableTo(FamilyRules.class) && !type.isInterface());
  }

  private static DescribedPredicate<JavaClass> mainClasses() {
    return DescribedPredicate.describe(
        "classes with a main method",
        type -> type.tryGetMethod("main", String[].class).isPresent());
  }
}
