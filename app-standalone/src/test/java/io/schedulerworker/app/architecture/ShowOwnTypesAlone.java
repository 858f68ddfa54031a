package io.schedulerworker.app.architecture;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** What a user of a public class sees of it are types of the JDK and of the exported packages. */
final class ShowOwnTypesAlone extends ArchCondition<JavaClass> {
  private final Set<String> exported;

  ShowOwnTypesAlone(Set<String> exported) {
    super("show, if public, types of the JDK and of the exported packages alone");
    this.exported = exported;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (isPublic(type)) {
      report(type.getFullName(), header(type), events);
      type.getMembers().stream()
          .filter(ShowOwnTypesAlone::isVisible)
          .forEach(member -> report(member.getFullName(), signature(member), events));
    }
  }

  /** What is nested in a type that is not public is not public either. */
  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ShowOwnTypesAlone::isPublic).orElse(true);
  }

  private void report(String place, Stream<JavaClass> shown, ConditionEvents events) {
    shown
        .map(JavaClass::getBaseComponentType)
        .filter(each -> !isAllowed(each))
        .distinct()
        .map(each -> SimpleConditionEvent.violated(each, place + " shows " + each.getName()))
        .forEach(events::add);
  }

  private boolean isAllowed(JavaClass type) {
    boolean own = exported.contains(type.getPackageName()) && isPublic(type);
    return type.isPrimitive()
        || type.getPackageName().startsWith("java.")
        || type.getPackageName().equals("javax.net.ssl")
        || type.getPackageName().equals("org.jspecify.annotations")
        || own;
  }

  private static Stream<JavaClass> header(JavaClass type) {
    return Stream.of(
            type.getSuperclass().stream(),
            type.getInterfaces().stream(),
            type.getTypeParameters().stream())
        .flatMap(types -> types)
        .flatMap(ShowOwnTypesAlone::involved);
  }

  private static boolean isVisible(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return !modifiers.contains(JavaModifier.SYNTHETIC)
        && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
  }

  private static Stream<JavaClass> signature(JavaMember member) {
    Stream<JavaClass> annotations =
        member.getAnnotations().stream().map(JavaAnnotation::getRawType);
    Stream<JavaClass> types = member instanceof JavaField field
        ? involved(field.getType())
        : types((JavaCodeUnit) member);
    return Stream.concat(annotations, types);
  }

  private static Stream<JavaClass> types(JavaCodeUnit unit) {
    Stream<JavaType> plain =
        Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
    Stream<JavaTypeVariable<?>> variables = unit.getTypeParameters().stream().map(each -> each);
    return Stream.of(
            plain.flatMap(ShowOwnTypesAlone::involved),
            variables.flatMap(ShowOwnTypesAlone::involved),
            unit.getExceptionTypes().stream())
        .flatMap(types -> types);
  }

  private static Stream<JavaClass> involved(JavaType type) {
    return type.getAllInvolvedRawTypes().stream();
  }
}
