package dev.interdict.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Test 77, at the source: a statement is made of literals, constants and the pieces that are
/// listed here, each of which was looked at: it is itself made of literals and constants, and what
/// it speaks of is bound. A new piece fails this test until somebody has looked at it.
@Tag("any-database")
class T77BoundParametersTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path PIECES =
      Path.of("src/test/resources/dev/interdict/server/pieces-of-statements.txt");

  /// What takes a statement, and as its which argument.
  ///
  /// @param file in which the call stands
  private static int statement(MethodInvocationTree call, String file) {
    var name = call.getMethodSelect().toString();
    var method = name.substring(name.lastIndexOf('.') + 1);
    return switch (method) {
      case "createQuery",
          "createUpdate",
          "createCall",
          "createBatch",
          "createScript",
          "prepareBatch",
          "prepareStatement",
          "executeQuery",
          "executeUpdate" ->
          0;
      case "execute" -> name.startsWith("statement") || name.startsWith("handle") ? 0 : -1;
      case "update", "updateAll", "first", "list", "with", "lines" ->
          name.startsWith("Sql.") || name.startsWith("Among.")
              ? 1
              : name.equals("database.first") || name.endsWith("database().first") ? 0 : -1;
      case "add" ->
          name.equals("writes.add")
                  || name.matches("(?s)(where|new Where\\(\\)).*\\.add")
                  || name.equals("add") && file.equals("Where.java")
              ? 0
              : -1;
      default -> -1;
    };
  }

  /// Collects what is neither literal nor constant.
  private static void pieces(ExpressionTree tree, Set<String> pieces) {
    switch (tree) {
      case LiteralTree _ -> {}
      case ParenthesizedTree inner -> pieces(inner.getExpression(), pieces);
      case BinaryTree both when both.getKind() == Tree.Kind.PLUS -> {
        pieces(both.getLeftOperand(), pieces);
        pieces(both.getRightOperand(), pieces);
      }
      case ConditionalExpressionTree choice -> {
        pieces(choice.getTrueExpression(), pieces);
        pieces(choice.getFalseExpression(), pieces);
      }
      case IdentifierTree name when isConstant(name.getName().toString()) -> {}
      case MemberSelectTree name when isConstant(name.getIdentifier().toString()) -> {}
      default -> pieces.add(tree.toString().replaceAll("\\s+", " "));
    }
  }

  private static boolean isConstant(String name) {
    return name.matches("[A-Z][A-Z0-9_]*");
  }

  private static Set<String> found() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var found = new TreeSet<String>();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        var walk = Files.walk(SOURCES)) {
      var sources = walk.filter(path -> path.toString().endsWith(".java")).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      for (var unit : task.parse()) {
        var name = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            var at = statement(call, name);
            if (at >= 0 && at < call.getArguments().size()) {
              var pieces = new TreeSet<String>();
              pieces(call.getArguments().get(at), pieces);
              pieces.forEach(piece -> found.add(name + ": " + piece));
              seen++;
            }
            return super.visitMethodInvocation(call, nothing);
          }
        }.scan(unit, null);
      }
    }
    return found;
  }

  private static int seen;

  @Test
  void statements_are_made_of_constants_and_of_pieces_that_were_looked_at() throws IOException {
    var found = found();
    assertTrue(seen > 300, () -> "only " + seen + " statements were seen");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PIECES, String.join("\n", found) + "\n");
    }
    assertEquals(
        Files.readString(PIECES).strip(),
        String.join("\n", found),
        "a statement has another piece: see that nothing from outside is in it, then list it");
  }

  @Test
  void a_value_in_a_statement_is_seen() {
    var pieces = new TreeSet<String>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var source =
        new javax.tools.SimpleJavaFileObject(
            java.net.URI.create("string:///A.java"), javax.tools.JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignore) {
            return "class A { void a(String x) { handle.createQuery(\"select \" + (x + ONE)); } }";
          }
        };
    var task =
        (JavacTask)
            compiler.getTask(null, null, null, List.of("-proc:none"), null, List.of(source));
    try {
      for (var unit : task.parse()) {
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            pieces(call.getArguments().get(statement(call, "A.java")), pieces);
            return super.visitMethodInvocation(call, nothing);
          }
        }.scan(unit, null);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertEquals(Set.of("x"), pieces);
  }
}
