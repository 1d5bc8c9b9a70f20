package se.lokalabehov.portal;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The open data for people: the files, what they hold, licences and how to cite.
 */
@Page
class OpenDataPages {

	private final OpenDataDescription description;

	OpenDataPages(OpenDataDescription description) {
		this.description = description;
	}

	/**
	 * A kind of file.
	 *
	 * @param name of the file, without ending
	 * @param columns their names
	 */
	record Dataset(String name, List<String> columns) {
	}

	@GetMapping("/oppna-data")
	ModelAndView all() {
		return new ModelAndView("portal/oppna-data")
			.addObject("datasets",
					Arrays.stream(OpenData.values())
						.map((one) -> new Dataset(one.file(),
								Arrays.stream(one.row().getRecordComponents()).map(RecordComponent::getName).toList()))
						.toList())
			.addObject("files", OpenDataDescription.ADDRESS)
			.addObject("address", this.description.at("/oppna-data"));
	}

}
