#pragma once

#include "sandbox/service/call.hpp"
#include "sandbox/service/refusal.hpp"
#include "sandbox/service/state.hpp"

/// The operations of the OpenAPI files, under their names. Each takes the state's guard itself.
namespace sandbox::service {

outcome get_domains(state& in, const call& asked);
outcome get_domain(state& in, const call& asked);

outcome get_projects(state& in, const call& asked);
outcome get_project(state& in, const call& asked);
outcome create_project(state& in, const call& asked);
outcome update_project(state& in, const call& asked);
outcome delete_project(state& in, const call& asked);

outcome get_tags(state& in, const call& asked);
outcome get_tag(state& in, const call& asked);
outcome create_tag(state& in, const call& asked);
outcome update_tag(state& in, const call& asked);
outcome delete_tag(state& in, const call& asked);

outcome create_images_from_data(state& in, const call& asked);
outcome create_images_from_predictions(state& in, const call& asked);
outcome update_image_metadata(state& in, const call& asked);
outcome create_images_from_files(state& in, const call& asked);
outcome create_images_from_urls(state& in, const call& asked);
outcome get_images(state& in, const call& asked);
outcome get_image_count(state& in, const call& asked);
outcome get_tagged_images(state& in, const call& asked);
outcome get_tagged_image_count(state& in, const call& asked);
outcome get_untagged_images(state& in, const call& asked);
outcome get_untagged_image_count(state& in, const call& asked);
outcome get_images_by_ids(state& in, const call& asked);
outcome delete_images(state& in, const call& asked);
outcome create_image_tags(state& in, const call& asked);
outcome delete_image_tags(state& in, const call& asked);
outcome create_image_regions(state& in, const call& asked);
outcome delete_image_regions(state& in, const call& asked);

outcome train_project(state& in, const call& asked);
outcome get_iterations(state& in, const call& asked);
outcome get_iteration(state& in, const call& asked);
outcome update_iteration(state& in, const call& asked);
outcome delete_iteration(state& in, const call& asked);
outcome get_iteration_performance(state& in, const call& asked);
outcome publish_iteration(state& in, const call& asked);
outcome unpublish_iteration(state& in, const call& asked);

outcome export_iteration(state& in, const call& asked);
outcome get_exports(state& in, const call& asked);

/// Of the published iteration; the picture in the body or at an address, kept or not.
outcome classify(state& in, const call& asked);
outcome detect(state& in, const call& asked);
outcome quick_test(state& in, const call& asked);
outcome query_predictions(state& in, const call& asked);
outcome delete_prediction(state& in, const call& asked);

outcome get_blob(state& in, const call& asked);

} // namespace sandbox::service
