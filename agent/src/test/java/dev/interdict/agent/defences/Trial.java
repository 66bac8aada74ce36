package dev.interdict.agent.defences;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs tests in a process of its own and says on a line each how they went.
final class Trial {
  /// How a test went.
  enum Result {
    PASSED,
    FAILED,
    /// An assumption did not hold: this machine shows nothing.
    SKIPPED
  }

  static final String BEGUN = "trials";
  static final String SAID = "trial ";

  private Trial() {}

  /// @param args classes, or `class#method`
  public static void main(String[] args) throws ClassNotFoundException {
    System.out.println(BEGUN);
    for (var test : args) {
      var listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectors(test)).build(),
              listener);
      var summary = listener.getSummary();
      var result =
          summary.getTotalFailureCount() > 0
              ? Result.FAILED
              : summary.getTestsSucceededCount() > 0 ? Result.PASSED : Result.SKIPPED;
      System.out.println(SAID + test + " " + result);
      summary
          .getFailures()
          .forEach(failure -> System.out.println("  " + first(failure.getException())));
      System.out.flush();
    }
    // Some tests leave threads behind when they fail.
    Runtime.getRuntime().halt(0);
  }

  private static List<DiscoverySelector> selectors(String test) throws ClassNotFoundException {
    var parts = test.split("#", -1);
    var type = Class.forName(parts[0]);
    return parts.length == 1
        ? List.of(selectClass(type))
        : Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getName().equals(parts[1]) && !method.isSynthetic())
            .<DiscoverySelector>map(method -> selectMethod(type, method))
            .toList();
  }

  private static String first(Throwable failure) {
    var text = String.valueOf(failure).strip().lines().findFirst().orElse("");
    return text.substring(0, Math.min(200, text.length()));
  }
}
