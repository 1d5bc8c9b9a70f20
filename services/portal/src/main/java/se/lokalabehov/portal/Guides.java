package se.lokalabehov.portal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The documents that come with the platform: Markdown (CommonMark with tables) in
 * {@code guides/<name>.md}, whose first heading is the title. What they hold is shown and
 * never run: HTML in them is text.
 */
@Component
final class Guides {

	private static final List<Extension> TABLES = List.of(TablesExtension.create());

	private static final Parser PARSER = Parser.builder().extensions(TABLES).build();

	private final Map<String, Optional<Guide>> read = new ConcurrentHashMap<>();

	/**
	 * A document.
	 *
	 * @param name as in its address
	 * @param title its first heading
	 * @param html what stands below the title
	 * @param sections its parts
	 */
	record Guide(String name, String title, String html, List<Section> sections) {
	}

	/**
	 * A part of a document.
	 *
	 * @param id where it is on the page
	 */
	record Section(String id, String title) {
	}

	/**
	 * A document, none when there is none of the name.
	 * @param name lower-case letters, digits, hyphens, and {@code _en} for one in English
	 */
	Optional<Guide> named(String name) {
		return name.matches("[a-z0-9-]{1,60}(_en)?") ? this.read.computeIfAbsent(name, Guides::of) : Optional.empty();
	}

	private static Optional<Guide> of(String name) {
		try (InputStream file = Guides.class.getResourceAsStream("guides/" + name + ".md")) {
			return (file == null) ? Optional.empty()
					: Optional.of(guide(name, new String(file.readAllBytes(), StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Guide guide(String name, String markdown) {
		Node document = PARSER.parse(markdown);
		Map<Node, String> ids = new IdentityHashMap<>();
		List<Section> sections = new ArrayList<>();
		List<Heading> titles = new ArrayList<>();
		IdGenerator generator = IdGenerator.builder().build();
		document.accept(new AbstractVisitor() {
			@Override
			public void visit(Heading heading) {
				String text = text(heading);
				if (heading.getLevel() == 1) {
					titles.add(heading);
					return;
				}
				String id = generator.generateId(text);
				ids.put(heading, id);
				if (heading.getLevel() == 2) {
					sections.add(new Section(id, text));
				}
			}
		});
		Heading title = titles.getFirst();
		title.unlink();
		HtmlRenderer renderer = HtmlRenderer.builder()
			.extensions(TABLES)
			.escapeHtml(true)
			.sanitizeUrls(true)
			.attributeProviderFactory((context) -> attributes(ids))
			.build();
		return new Guide(name, text(title), renderer.render(document), List.copyOf(sections));
	}

	private static String text(Node node) {
		StringBuilder text = new StringBuilder();
		node.accept(new AbstractVisitor() {
			@Override
			public void visit(Text words) {
				text.append(words.getLiteral());
			}

			@Override
			public void visit(Code code) {
				text.append(code.getLiteral());
			}
		});
		return text.toString().strip();
	}

	/** Tables look like the other tables of the portal, and are cards on a phone. */
	private static AttributeProvider attributes(Map<Node, String> ids) {
		return (node, tag, attributes) -> {
			switch (node) {
				case Heading heading when ids.containsKey(heading) -> attributes.put("id", ids.get(heading));
				case FencedCodeBlock code when tag.equals("pre") -> attributes.put("lang", "en");
				case TableBlock table -> attributes.put("class", "ds-table stack");
				case TableCell cell when cell.isHeader() -> attributes.put("scope", "col");
				case TableCell cell when cell.getPrevious() != null -> attributes.put("data-label", columnOf(cell));
				default -> {
				}
			}
		};
	}

	private static String columnOf(TableCell cell) {
		int column = 0;
		for (@Nullable
		Node before = cell.getPrevious(); before != null; before = before.getPrevious()) {
			column++;
		}
		@Nullable Node table = cell;
		while (table != null && !(table instanceof TableBlock)) {
			table = table.getParent();
		}
		@Nullable Node header = (table != null && table.getFirstChild() instanceof TableHead head)
				? head.getFirstChild().getFirstChild() : null;
		for (int i = 0; i < column && header != null; i++) {
			header = header.getNext();
		}
		return (header != null) ? text(header) : "";
	}

}
