import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Runs a script with the Java that runs this as its JAVA_HOME: what a build's toolchain is, a
/// script cannot know.
final class Packages {
  private Packages() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("bash"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).inheritIO();
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    System.exit(process.start().waitFor());
  }
}
