package se.lokalabehov.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells on the console how the example goes, and keeps the table for its end.
 */
final class Progress {

	private static final String ROW = "%-29s %-52s %-66s %7s%n";

	private final PrintStream out;

	private final List<Row> rows = new ArrayList<>();

	private String moment = "";

	private long since;

	private long begun;

	Progress(PrintStream out) {
		this.out = out;
	}

	private record Row(String moment, String who, String howMany, Duration howLong) {
	}

	/** A moment begins. */
	void moment(String name) {
		this.moment = name;
		this.since = System.nanoTime();
		if (this.begun == 0) {
			this.begun = this.since;
		}
		this.out.println(name);
	}

	/** Something has been done in the moment. */
	void done(String what) {
		this.out.println("    " + what);
	}

	/** The moment is over. */
	void over(String who, String howMany) {
		Duration howLong = Duration.ofNanos(System.nanoTime() - this.since);
		this.rows.add(new Row(this.moment, who, howMany, howLong));
	}

	/** The table of all moments. */
	void table() {
		this.out.println();
		this.out.printf(ROW, "Moment", "Who", "How many", "Time");
		this.rows
			.forEach((row) -> this.out.printf(ROW, row.moment(), row.who(), row.howMany(), seconds(row.howLong())));
		this.out.printf(ROW, "", "", "the whole example", seconds(Duration.ofNanos(System.nanoTime() - this.begun)));
	}

	private static String seconds(Duration duration) {
		return "%.1f s".formatted(duration.toMillis() / 1000.0);
	}

}
