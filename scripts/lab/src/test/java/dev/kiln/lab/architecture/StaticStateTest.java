package dev.kiln.lab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No state is static: the main classes construct everything by hand. The type of a field does not
 * tell whether what it holds can change, so each is looked at as it is in a running program.
 */
class StaticStateTest {
  /** POSIX gives file locks to a whole process; so whoever takes them must know all of it. */
  private static final Set<String> OF_THE_PROCESS =
      Set.of(
          "dev.kiln.file.ExclusiveFile.HELD_BY_THIS_PROCESS",
          "dev.kiln.builder.cache.Locks.AT_THE_GUARD");

  private static final Pattern UNMODIFIABLE =
      Pattern.compile(
          "java\\.util\\.(ImmutableCollections\\$.*|Collections\\$(Unmodifiable|Empty|Singleton).*)");

  private static final List<Class<?>> CHANGEABLE =
      List.of(Appendable.class, ThreadLocal.class, Random.class, Thread.class);

  @Test
  void noStaticFieldHoldsWhatCanChange() throws Exception {
    List<String> found = new ArrayList<>();
    int seen = 0;
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kiln")) {
      for (Field field : each.reflect().getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          seen++;
          if (!isConstant(field)) {
            found.add(each.getName() + "." + field.getName());
          }
        }
      }
    }

    assertThat(seen).isGreaterThan(500);
    assertThat(found).containsExactlyInAnyOrderElementsOf(OF_THE_PROCESS);
  }

  static List<Object> changeable() {
    return List.of(
        new HashMap<>(),
        new ArrayList<>(),
        Arrays.asList("a"),
        EnumSet.noneOf(TimeUnit.class),
        Collections.synchronizedList(new ArrayList<>()),
        new AtomicInteger(),
        new ReentrantLock(),
        new StringWriter(),
        new Object(),
        List.of(new HashMap<>()),
        Optional.of(new ArrayList<>()),
        new Holder(new ArrayList<>()));
  }

  @ParameterizedTest
  @MethodSource("changeable")
  void seesWhatCanChange(Object value) {
    assertThat(canChange(value)).isTrue();
  }

  static List<Object> constant() {
    return List.of(
        List.of(),
        Map.of("a", List.of("b")),
        Set.copyOf(List.of(1, 2, 3)),
        Collections.unmodifiableSet(EnumSet.noneOf(TimeUnit.class)),
        Collections.emptyMap(),
        Optional.of("a"),
        new Holder(List.of("a")));
  }

  @ParameterizedTest
  @MethodSource("constant")
  void seesWhatCannot(Object value) {
    assertThat(canChange(value)).isFalse();
  }

  private record Holder(List<String> list) {}

  /** Java has no array that cannot change; one that is private is changed by nobody unseen. */
  private static boolean isConstant(Field field) throws IllegalAccessException {
    if (!Modifier.isFinal(field.getModifiers())) {
      return false;
    }
    if (field.getType().isArray()) {
      return Modifier.isPrivate(field.getModifiers());
    }
    field.setAccessible(true);
    return !canChange(field.get(null));
  }

  private static boolean canChange(@Nullable Object value) {
    return canChange(value, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean canChange(@Nullable Object value, Set<Object> seen) {
    if (value == null || !seen.add(value)) {
      return false;
    }
    Class<?> type = value.getClass();
    if (value instanceof Collection<?> all) {
      return !isUnmodifiable(type) || all.stream().anyMatch(each -> canChange(each, seen));
    }
    if (value instanceof Map<?, ?> map) {
      return !isUnmodifiable(type)
          || map.keySet().stream().anyMatch(each -> canChange(each, seen))
          || map.values().stream().anyMatch(each -> canChange(each, seen));
    }
    if (value instanceof Optional<?> optional) {
      return optional.filter(each -> canChange(each, seen)).isPresent();
    }
    if (type.getName().startsWith("dev.kiln.")) {
      return Arrays.stream(type.getDeclaredFields()).anyMatch(field -> changes(field, value, seen));
    }
    return type == Object.class
        || (type.getName().startsWith("java.util.concurrent.") && !(value instanceof Enum))
        || CHANGEABLE.stream().anyMatch(changeable -> changeable.isInstance(value));
  }

  private static boolean isUnmodifiable(Class<?> type) {
    return UNMODIFIABLE.matcher(type.getName()).matches();
  }

  private static boolean changes(Field field, Object holder, Set<Object> seen) {
    if (Modifier.isStatic(field.getModifiers())) {
      return false;
    }
    try {
      field.setAccessible(true);
      return !Modifier.isFinal(field.getModifiers()) || canChange(field.get(holder), seen);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
