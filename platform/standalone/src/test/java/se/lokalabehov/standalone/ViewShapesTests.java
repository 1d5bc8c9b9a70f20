package se.lokalabehov.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import se.lokalabehov.eventing.ViewShapes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A view that looks otherwise has a new name: during an upgrade the version before runs
 * beside this one and must not write the same view. {@code -Dviews.write=true} writes the
 * list anew, for a projection that says {@code replacing(former)} or is new.
 */
class ViewShapesTests {

	private static final Path LIST = Path.of("src/test/resources/se/lokalabehov/standalone/view-shapes.txt");

	@Test
	void aViewThatLooksOtherwiseHasANewName() throws IOException {
		Standalone platform = TriedOut.platform().here();
		Assumptions.assumeTrue(platform != null, "the platform is another process");
		List<String> shapes = platform.services()
			.flatMap((service) -> ViewShapes.of(service)
				.entrySet()
				.stream()
				.map((view) -> service.getId() + " " + view.getKey() + " " + view.getValue()))
			.sorted()
			.toList();
		if (Boolean.getBoolean("views.write")) {
			Files.write(LIST, shapes);
		}

		assertThat(shapes)
			.as("a changed view: give its projection a new name and say replacing(former), then -Dviews.write=true")
			.isEqualTo(Files.readAllLines(LIST));
	}

}
