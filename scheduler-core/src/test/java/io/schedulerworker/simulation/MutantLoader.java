package io.schedulerworker.simulation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schedulerworker.SchedulerWorker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/** Loads core and simulator anew, with a mistake in one class. */
final class MutantLoader extends ClassLoader {
  private static final String OURS = "io.schedulerworker.";

  private final Map<String, byte[]> mutated;

  private MutantLoader(Map<String, byte[]> mutated) {
    super(MutantLoader.class.getClassLoader());
    this.mutated = mutated;
  }

  static ClassLoader of(Mutant mutant) {
    return new MutantLoader(compile(mutant));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = mutated.get(name);
    if (bytes == null) {
      bytes = asItIs(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] asItIs(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(path)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static Map<String, byte[]> compile(Mutant mutant) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("--release", "17", "-proc:none", "-nowarn", "-classpath", classPath());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      InMemory output = new InMemory(files);
      boolean compiled = compiler
          .getTask(messages, output, null, options, null, List.of(new Source(mutant)))
          .call();
      if (!compiled) {
        throw new IllegalStateException("\"" + mutant + "\" does not compile: " + messages);
      }
      return output.classes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the classes come from that the core is compiled against. */
  private static String classPath() {
    return Stream.of(SchedulerWorker.class, NullMarked.class, JsonParser.class, ObjectMapper.class)
        .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> java.nio.file.Path.of(URI.create(location.toString())).toString())
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final Mutant mutant;

    Source(Mutant mutant) {
      super(
          URI.create("string:///" + mutant.className().replace('.', '/') + Kind.SOURCE.extension),
          Kind.SOURCE);
      this.mutant = mutant;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return mutant.source();
    }
  }

  private static final class Compiled extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Compiled(String name) {
      super(URI.create("mem:///" + name.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  /** Takes what the compiler writes. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Compiled> written = new HashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return written.computeIfAbsent(className, Compiled::new);
    }

    Map<String, byte[]> classes() {
      return written.entrySet().stream()
          .collect(
              Collectors.toMap(Map.Entry::getKey, each -> each.getValue().bytes.toByteArray()));
    }
  }
}
