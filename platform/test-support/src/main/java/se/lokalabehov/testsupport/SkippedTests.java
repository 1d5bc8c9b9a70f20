package se.lokalabehov.testsupport;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints each test that was not carried out, and the reason; the build prints only how
 * many they are.
 */
public final class SkippedTests implements TestExecutionListener {

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		// Not logged: it is to be seen whatever the log's level is.
		System.out.printf("Skipped: %s, because %s%n", test.getDisplayName(), reason);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
			executionSkipped(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason was given"));
		}
	}

}
