/**
 * A figure by the keyboard, as text of the page's script. Plotly's sliders and points answer to the mouse only; so above each plot
 * lies an element that can be focused, lets the mouse through, and stands for the picture to those who do not see it.
 */

/** What the keys do, for a figure with a slider and for one without. */
export const keyHelp = {
  slider:
    "With the picture in focus (Tab), ← and → move the slider, Home and End take it to its ends, the space bar plays; with Shift, the arrows go from point to point and from curve to curve.",
  plain: "With the picture in focus (Tab), ← and → go from point to point, ↑ and ↓ from curve to curve.",
} as const;

/**
 * `reach(Plotly, node, plot)`: puts the element above a plot that has been drawn; at a second call it only follows the new layout.
 *
 * Keys that do something stay here: JupyterLab would move from cell to cell with the same arrows.
 */
export const keyScript = `function reach(Plotly,node,plot){
var full=plot._fullLayout,slider=(full.sliders||[]).filter(function(s){return s.visible!==false&&s.steps.length})[0];
var key=node.querySelector("[data-flowlab-keys]");
if(!key){
key=document.createElement("div");key.dataset.flowlabKeys="";key.tabIndex=0;
key.setAttribute("data-lm-suppress-shortcuts","true");
key.setAttribute("aria-label",node.getAttribute("aria-label"));
key.setAttribute("aria-describedby",node.querySelector("[data-flowlab-words] p").id);
plot.parentNode.appendChild(key);
key.addEventListener("keydown",function(e){if(!e.ctrlKey&&!e.metaKey&&!e.altKey&&press(e)){e.preventDefault();e.stopPropagation()}});
key.addEventListener("blur",function(){Plotly.Fx.unhover(plot)})}
Array.prototype.forEach.call(plot.querySelectorAll(".main-svg,.modebar-btn svg"),function(svg){svg.setAttribute("aria-hidden","true")});
key.setAttribute("role",slider?"slider":"img");
if(slider){key.setAttribute("aria-valuemin",0);plot.on("plotly_animatingframe",say);plot.on("plotly_sliderchange",say);say()}
function now(){return plot._fullLayout.sliders[0]}
function say(){setTimeout(function(){var s=now(),step=s.steps[s.active];if(!step)return;
key.setAttribute("aria-valuemax",s.steps.length-1);key.setAttribute("aria-valuenow",s.active);
key.setAttribute("aria-valuetext",((s.currentvalue.prefix||"")+step.label).replace(/<[^>]*>/g,""))},0)}
function press(e){
var right={ArrowRight:1,ArrowUp:1,ArrowLeft:-1,ArrowDown:-1}[e.key];
if(!plot._fullLayout.sliders||!plot._fullLayout.sliders.length||e.shiftKey)return point(e.key);
var s=now(),last=s.steps.length-1,page=Math.max(1,Math.round(last/10));
if(e.key===" "||e.key==="Enter")return play();
var to=right?s.active+right:e.key==="Home"?0:e.key==="End"?last:e.key==="PageUp"?s.active+page:e.key==="PageDown"?s.active-page:undefined;
if(to===undefined)return false;
to=Math.min(last,Math.max(0,to));
Plotly.animate(plot,s.steps[to].args[0],s.steps[to].args[1]).catch(function(){});return true}
var playing=false;
function play(){
var menu=plot._fullLayout.updatemenus&&plot._fullLayout.updatemenus[0];
if(!menu)return false;
var button=menu.buttons[playing?1:0];playing=!playing;
Plotly.animate(plot,button.args[0],button.args[1]).then(function(){playing=false}).catch(function(){playing=false});return true}
function point(name){
var step={ArrowRight:[1,0],ArrowLeft:[-1,0],ArrowUp:[0,-1],ArrowDown:[0,1]}[name];
if(!step)return false;
var curves=plot._fullData.map(function(_,i){return i}).filter(function(i){
var t=plot._fullData[i];return t.visible===true&&t.hoverinfo!=="skip"&&(t.type==="scatter"||t.type==="bar")&&plot.calcdata[i].length>1});
if(!curves.length)return false;
var at=key.at||{curve:0,point:-1};
at.curve=(at.curve+step[1]+curves.length)%curves.length;
var cd=plot.calcdata[curves[at.curve]],stride=Math.max(1,Math.round(cd.length/60));
at.point=Math.min(cd.length-1,Math.max(0,at.point+step[0]*stride));
key.at=at;
var t=plot._fullData[curves[at.curve]];
Plotly.Fx.hover(plot,[{curveNumber:curves[at.curve],pointNumber:at.point}],(t.xaxis||"x")+(t.yaxis||"y"));
return true}}`;
